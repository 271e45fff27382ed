"""What the list shows of a reading besides: whose it is, and the points of its goals."""

import json
import re

from django.db import migrations, models

_BEFORE_YEAR = re.compile(r"^(.{2,40}?)(?:关于)?20\d\d年")


def fill(apps, schema_editor):
    for reading in apps.get_model("documents", "Reading").objects.iterator(chunk_size=20):
        documents = json.loads(reading.content).get("documents") or []
        titled = next((document for document in documents if document.get("title")), documents[0] if documents else {})
        department = titled.get("department") or {}
        match = _BEFORE_YEAR.match(titled.get("title") or "")
        reading.body = (department.get("name") or titled.get("issuer") or (match[1] if match else ""))[:100]
        reading.body_code = (department.get("code") or "")[:20]
        reading.save(update_fields=["body", "body_code"])


class Migration(migrations.Migration):
    dependencies = [("documents", "0008_folders")]

    operations = [
        migrations.AddField("reading", "body", models.CharField(max_length=100, blank=True, default=""), preserve_default=False),
        migrations.AddField("reading", "body_code", models.CharField(max_length=20, blank=True, default=""), preserve_default=False),
        migrations.AddField("reading", "points", models.DecimalField(max_digits=5, decimal_places=2, null=True)),
        migrations.AddField("reading", "grade", models.CharField(max_length=10, blank=True, default=""), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
