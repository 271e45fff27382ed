"""Explanations that were taken back or replaced stay on record."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_bodies_and_points")]

    operations = [
        migrations.RemoveConstraint("explanation", "one_explanation_a_finding"),
        migrations.AddField("explanation", "ended_at", models.DateTimeField("收回时间", null=True)),
        migrations.AddField("explanation", "ended_by", models.CharField("收回人", max_length=40, blank=True, default=""), preserve_default=False),
        migrations.AddConstraint(
            "explanation",
            models.UniqueConstraint(fields=("key", "rule"), condition=models.Q(ended_at__isnull=True), name="one_explanation_holds"),
        ),
    ]
