"""What is kept of an uploaded file: its bytes, and one reading of them."""

from __future__ import annotations

import secrets

from django.db import models
from django.urls import reverse
from django.utils import timezone

from jiheng.budget import Kind

KINDS = {kind.value: kind.label for kind in Kind}
"""Kinds of documents in words."""


def new_public_id() -> str:
    """An address that nobody guesses: 128 random bits."""
    return secrets.token_urlsafe(16)


class Upload(models.Model):
    """A file as it was handed in; the same bytes are one upload, whatever they are called."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    name = models.CharField("文件名", max_length=200)
    folder = models.CharField("文件夹", max_length=200, blank=True)
    """Where it lay in the folder or archive that was handed in; "" for a file by itself."""
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    uploaded_at = models.DateTimeField("上传时间", default=timezone.now, db_index=True)
    is_sample = models.BooleanField("样例", default=False)
    earlier = models.ForeignKey(
        "self",
        verbose_name="对照的文件",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="later",
    )
    """The earlier file (last year's, or the budget of a report) that the audit holds this one against."""

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints = (models.CheckConstraint(condition=models.Q(size__gt=0), name="upload_is_not_empty"),)

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Its folder and name, which tell files of different departments apart."""
        return f"{self.folder}/{self.name}" if self.folder else self.name

    def get_absolute_url(self) -> str:
        """The page that shows it."""
        return reverse("documents:show", args=[self.public_id])


class Original(models.Model):
    """The bytes of an upload; apart from it, so that lists do not load them."""

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, primary_key=True)
    content = models.BinaryField()


class Reading(models.Model):
    """What the library read in an upload and found wrong with it, and which version did so.

    ``content`` is an ``Outcome`` as JSON, every value with its place; ``findings`` the findings as JSON. The other
    columns repeat what lists show.
    """

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, primary_key=True)
    content = models.TextField()
    findings = models.TextField()
    read_at = models.DateTimeField(default=timezone.now)
    software_version = models.CharField(max_length=40)
    format = models.CharField(max_length=20)
    title = models.CharField(max_length=200, blank=True)
    fiscal_year = models.PositiveSmallIntegerField(null=True)
    document_count = models.PositiveIntegerField()
    project_count = models.PositiveIntegerField()
    error_count = models.PositiveIntegerField()
    warning_count = models.PositiveIntegerField()
    notice_count = models.PositiveIntegerField()
    unread_count = models.PositiveIntegerField()
    kind = models.CharField(max_length=40, blank=True)
    coverage = models.FloatField(default=1.0)
    """Of the characters that say something, the share that is in the record: 0 to 1, 1 only when nothing is missing."""
    unsure_count = models.PositiveIntegerField(default=0)
    """Values that were recognised with little confidence."""
    body = models.CharField(max_length=100, blank=True)
    """The department, or whose the document is otherwise."""
    body_code = models.CharField(max_length=20, blank=True)
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    """Of the goals that are declared; the lowest of several documents. ``None`` where none are, or as long as a reading of before
    they were kept is not read again."""
    grade = models.CharField(max_length=10, blank=True)
    settings_version = models.PositiveBigIntegerField(default=0, db_index=True)
    """Which ``RuleSettings`` the findings were made by; 0 for none."""

    @property
    def kind_name(self) -> str:
        """The kind of the (first titled) document in words; "" when none was read."""
        return KINDS.get(self.kind, "")

    @property
    def percent(self) -> str:
        """The coverage in per cent."""
        return "100%" if self.coverage >= 1 else f"{min(self.coverage, 0.999):.1%}"

    @property
    def format_name(self) -> str:
        """The format in words."""
        names = {
            "text": "文本",
            "json": "数据",
            "html": "网页",
            "htm": "网页",
            "zip": "压缩包",
            "wps": "WPS",
            "et": "WPS 表格",
        }
        word, sheets = ("docx", "doc", "docm", "rtf", "odt"), ("xlsx", "xls", "xlsm", "ods")
        images = ("png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp")
        groups = {
            **dict.fromkeys(word, "Word"),
            **dict.fromkeys(sheets, "Excel"),
            **dict.fromkeys(images, "扫描图像"),
        }
        return names.get(self.format) or groups.get(self.format) or self.format.upper()


class Failure(models.Model):
    """A file that was handed in and could not be read: why, and what to do. It stays listed until it is removed."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    name = models.CharField("文件名", max_length=200, db_index=True)
    folder = models.CharField("文件夹", max_length=200, blank=True)
    size = models.PositiveBigIntegerField("字节数", null=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    """"" for a file of which not everything arrived."""
    content = models.BinaryField(null=True)
    """Its bytes, where another attempt may succeed; else ``None``."""
    message = models.TextField("原因")
    remedy = models.TextField("办法", blank=True)
    failed_at = models.DateTimeField("时间", default=timezone.now, db_index=True)

    class Meta:
        ordering = ("-failed_at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Its folder and name."""
        return f"{self.folder}/{self.name}" if self.folder else self.name


class Correction(models.Model):
    """A value that a person put right. Nothing here is changed or deleted: taking one back is another one."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="corrections")
    path = models.CharField("数据项", max_length=300)
    before = models.TextField("原值", blank=True)
    after = models.TextField("更正后", blank=True)
    who = models.CharField("更正人", max_length=40)
    made_at = models.DateTimeField("更正时间", default=timezone.now)
    reason = models.TextField("理由", blank=True)
    """Rule, figures and basis, where it is a mend that a finding proposed."""
    is_pending = models.BooleanField("待确认", default=False)
    """The file was read anew and something else stood there: not applied."""

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.path}: {self.before} → {self.after}"


class Explanation(models.Model):
    """Why a finding is no fault. It goes with the finding's key, so it outlives reading again and new versions.

    Nothing here is deleted: one that was taken back, or took another's place, is marked so and holds no more.
    """

    key = models.CharField("审核发现", max_length=16)
    rule = models.CharField("规则", max_length=20)
    reason = models.TextField("理由")
    who = models.CharField("说明人", max_length=40)
    made_at = models.DateTimeField("时间", default=timezone.now)
    ended_at = models.DateTimeField("收回时间", null=True)
    ended_by = models.CharField("收回人", max_length=40, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("key", "rule"),
                condition=models.Q(ended_at__isnull=True),
                name="one_explanation_holds",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"


class RuleSettings(models.Model):
    """What this office has set for the audit, as TOML. Nothing here is changed or deleted: the newest holds."""

    text = models.TextField("设置", blank=True)
    who = models.CharField("修改人", max_length=40)
    said = models.CharField("改动", max_length=200, blank=True)
    """What was changed, in words."""
    made_at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.pk}: {self.said}"


class WordTemplate(models.Model):
    """A template of this office as it was handed in. Nothing here is changed or deleted: ``TemplateChoice`` says which holds."""

    kind = models.CharField("文件种类", max_length=40)
    year = models.PositiveSmallIntegerField("年度", default=0)
    """From which year on it is used; 0 for every year."""
    division = models.CharField("地区", max_length=6, blank=True)
    """Code of the division that it is for; "" for everywhere."""
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField()
    who = models.CharField("上传人", max_length=40)
    note = models.CharField("说明", max_length=200, blank=True)
    made_at = models.DateTimeField("上传时间", default=timezone.now)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.pk}: {self.name}"

    @property
    def kind_name(self) -> str:
        """The kind of document in words."""
        return KINDS.get(self.kind, "")


class TemplateChoice(models.Model):
    """Which template was made to hold, by whom and when; for each kind, year and division the newest counts."""

    template = models.ForeignKey(WordTemplate, on_delete=models.PROTECT, related_name="choices")
    who = models.CharField("选用人", max_length=40)
    made_at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.template_id} ({self.who})"
