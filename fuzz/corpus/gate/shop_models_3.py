from django.db import models
class Customer(models.Model):
    """class No(models.Model): email = models.EmailField()"""
    email = models.EmailField(max_length=200, db_column="mail")
    born = models.DateField(
        null=True,
    )
    friends = models.ManyToManyField("self")
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE)
    class Meta:
        db_table = "crm_customer"
    phone = models.CharField(max_length=20)
class Shop(models.Model):
    city = models.CharField(max_length=20)
def f():
    x = models.TextField()
