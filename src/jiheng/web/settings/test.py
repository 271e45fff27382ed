"""The settings of the tests: a data folder of their own, thrown away with the process."""

from __future__ import annotations

import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="jiheng-test-")
os.environ["JIHENG_DATA"] = _folder.name

from jiheng.web.settings.base import *  # noqa: E402, F403
from jiheng.web.settings.base import DATA_FOLDER, DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # a file, as in service: the live server's threads share it
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_FOLDER / "test.sqlite3")}
WHITENOISE_AUTOREFRESH = True
