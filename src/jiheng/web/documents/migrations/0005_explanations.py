"""Why findings are no faults."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_mends")]

    operations = [
        migrations.CreateModel(
            name="Explanation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=16, verbose_name="审核发现")),
                ("rule", models.CharField(max_length=20, verbose_name="规则")),
                ("reason", models.TextField(verbose_name="理由")),
                ("who", models.CharField(max_length=40, verbose_name="说明人")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("key", "rule"), name="one_explanation_a_finding")
                ],
            },
        ),
    ]
