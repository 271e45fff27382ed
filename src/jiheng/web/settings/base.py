"""The settings that the application is served with.

Environment: ``JIHENG_DATA`` (folder of the database and the secret key, default ``var``), ``JIHENG_HOSTS`` (further
names under which it is reached, separated by commas), ``JIHENG_HTTPS`` (set when a proxy serves it over HTTPS),
``DATABASE_URL`` (PostgreSQL instead of SQLite).
"""

from __future__ import annotations

import os
from pathlib import Path

from jiheng.web.settings.database import database
from jiheng.web.settings.runtime import data_folder, listed, secret_key
from jiheng.web.settings.security import *  # noqa: F403 - every name there is a setting

WEB = Path(__file__).resolve().parent.parent
DATA_FOLDER = data_folder()

SECRET_KEY = secret_key(DATA_FOLDER)
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *listed("JIHENG_HOSTS")]
DATABASES = {"default": database(os.environ.get("DATABASE_URL"), DATA_FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "jiheng.web.documents",
]
MIDDLEWARE = [
    "jiheng.web.middleware.response_headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "jiheng.web.middleware.explain_a_wrong_method",
    "jiheng.web.middleware.refuse_an_oversized_body",
    "django.middleware.csrf.CsrfViewMiddleware",
]
ROOT_URLCONF = "jiheng.web.urls"
WSGI_APPLICATION = "jiheng.web.wsgi.application"
# messages ride in a signed cookie: there is nothing to keep a session for
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "jiheng.web.context.software",
            ],
        },
    },
]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# An upload: the library's limit a file, and what may come in one request.
MAX_FILES = 20
MAX_BODY_BYTES = 256 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = MAX_FILES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000  # a box for every file of the list, or every mend
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "jiheng.web.documents.upload_handler.BoundedFiles",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Reading and writing happen in a process of their own, within these bounds.
WORK_SECONDS = 300  # a scan of a hundred pages takes so long
WORK_MEMORY_BYTES = 2 * 1024 * 1024 * 1024
WORK_AT_ONCE = max(2, os.cpu_count() or 2)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # a refused upload is an answer, not an incident
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.csrf": {"level": "ERROR"}},
}
