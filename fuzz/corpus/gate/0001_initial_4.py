from django.db import migrations, models
class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            name="Customer",
            fields=[("id", models.BigAutoField(primary_key=True)), ("email", models.EmailField(max_length=200))],
        ),
        migrations.AddField(model_name="customer", name="phone", field=models.CharField(max_length=20)),
        migrations.RenameField(model_name="customer", old_name="a", new_name="birth_date"),
    ]
