from django.db import migrations

from traboule.kernel.initiatives.search import backends


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: backends.create_table(schema_editor),
            lambda apps, schema_editor: backends.drop_table(schema_editor),
        )
    ]
