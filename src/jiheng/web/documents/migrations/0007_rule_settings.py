"""The audit's settings of this office, and by which of them a reading was audited."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_earlier")]

    operations = [
        migrations.CreateModel(
            name="RuleSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True, verbose_name="设置")),
                ("who", models.CharField(max_length=40, verbose_name="修改人")),
                ("said", models.CharField(blank=True, max_length=200, verbose_name="改动")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
            ],
            options={"ordering": ("-pk",)},
        ),
        migrations.AddField(
            model_name="reading",
            name="settings_version",
            field=models.PositiveBigIntegerField(db_index=True, default=0),
        ),
    ]
