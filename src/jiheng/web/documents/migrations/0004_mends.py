"""Why a value was corrected, where a finding proposed it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_coverage_and_failures")]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="reason",
            field=models.TextField(blank=True, verbose_name="理由"),
        ),
    ]
