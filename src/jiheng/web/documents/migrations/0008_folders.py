"""In which folder a file was handed in, and by which bytes a failure is known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_rule_settings")]

    operations = [
        migrations.AddField("upload", "folder", models.CharField("文件夹", max_length=200, blank=True, default=""), preserve_default=False),
        migrations.AddField("failure", "folder", models.CharField("文件夹", max_length=200, blank=True, default=""), preserve_default=False),
        migrations.AddField("failure", "sha256", models.CharField("SHA-256", max_length=64, blank=True, default=""), preserve_default=False),
    ]
