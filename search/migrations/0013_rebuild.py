from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("search", "0012_stored_order")]

    operations = [
        migrations.CreateModel(
            name="Rebuild",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last", models.BigIntegerField(default=0)),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField()),
                ("begun", models.DateTimeField(default=timezone.now)),
            ],
        ),
    ]
