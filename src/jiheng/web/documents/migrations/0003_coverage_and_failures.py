"""What the list shows of a reading, also of those made before, and files that could not be read."""

import json

import django.utils.timezone
from django.db import migrations, models

import jiheng.web.documents.models

_UNSURE = 0.85


def _unsure(node: object) -> int:
    if isinstance(node, list):
        return sum(_unsure(item) for item in node)
    if not isinstance(node, dict):
        return 0
    places = node.get("cells") or {}
    own = sum((place.get("confidence") or 1) < _UNSURE for place in places.values())
    return own + sum(_unsure(item) for name, item in node.items() if name not in ("cells", "place"))


def fill(apps, schema_editor):
    for reading in apps.get_model("documents", "Reading").objects.iterator(chunk_size=20):
        outcome = json.loads(reading.content)
        documents = outcome.get("documents") or []
        titled = next((document for document in documents if document.get("title")), documents[0] if documents else {})
        # what equals its default is left out of the data
        reading.kind = titled.get("kind", "performance_text") if titled else ""
        reading.unsure_count = _unsure(documents)
        found = outcome.get("coverage")
        if found and (missing := found["unknown"] + found.get("lost", 0)):
            reading.coverage = min(found["placed"] / (found["placed"] + missing), 0.999)
        reading.save(update_fields=["kind", "unsure_count", "coverage"])


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_corrections'),
    ]

    operations = [
        migrations.AddField(model_name='reading', name='kind', field=models.CharField(blank=True, default='', max_length=40), preserve_default=False),
        migrations.AddField(model_name='reading', name='coverage', field=models.FloatField(default=1.0)),
        migrations.AddField(model_name='reading', name='unsure_count', field=models.PositiveIntegerField(default=0)),
        migrations.CreateModel(
            name='Failure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=jiheng.web.documents.models.new_public_id, editable=False, max_length=22, unique=True)),
                ('name', models.CharField(db_index=True, max_length=200, verbose_name='文件名')),
                ('size', models.PositiveBigIntegerField(null=True, verbose_name='字节数')),
                ('content', models.BinaryField(null=True)),
                ('message', models.TextField(verbose_name='原因')),
                ('remedy', models.TextField(blank=True, verbose_name='办法')),
                ('failed_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='时间')),
            ],
            options={
                'ordering': ('-failed_at', '-pk'),
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
