from django.db import models


class Card(models.Model):
    """What one card shows, in one row."""

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80)
    summary = models.CharField(max_length=400)
    theme = models.CharField(max_length=20)
    state = models.CharField(max_length=10)
    place = models.CharField(max_length=200)
    holder = models.CharField(max_length=300)
    position = models.PositiveIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.title


class Line(models.Model):
    """The one row that is written."""

    text = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.text
