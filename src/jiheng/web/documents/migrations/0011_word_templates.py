"""Word templates of this office, every version of them, and which one holds."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0010_explanations_end")]

    operations = [
        migrations.CreateModel(
            name="WordTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="文件种类")),
                ("year", models.PositiveSmallIntegerField(default=0, verbose_name="年度")),
                ("division", models.CharField(blank=True, max_length=6, verbose_name="地区")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("content", models.BinaryField()),
                ("who", models.CharField(max_length=40, verbose_name="上传人")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="上传时间")),
            ],
            options={"ordering": ("-pk",)},
        ),
        migrations.CreateModel(
            name="TemplateChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.CharField(max_length=40, verbose_name="选用人")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="choices", to="documents.wordtemplate"
                    ),
                ),
            ],
            options={"ordering": ("-pk",)},
        ),
    ]
