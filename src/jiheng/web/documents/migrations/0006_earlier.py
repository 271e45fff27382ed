"""The earlier file that an audit holds a file against."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_explanations")]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="earlier",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="later",
                to="documents.upload",
                verbose_name="对照的文件",
            ),
        ),
    ]
