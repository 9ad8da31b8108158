import datetime

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from traboule.kernel.initiatives.actions import find_neighbourhoods
from traboule.kernel.initiatives.models import Job
from traboule.kernel.initiatives.tasks import daily
from traboule.kernel.places.models import PriorityNeighbourhood

from .factories import make_initiative

pytestmark = pytest.mark.django_db


def make_job(*, days_ago: int) -> Job:
    job = Job.objects.create(kind=Job.Kind.BOOKLET, output=ContentFile(b"%PDF", name="recueil.pdf"))
    Job.objects.filter(pk=job.pk).update(
        created_at=timezone.now() - datetime.timedelta(days=days_ago)
    )
    return job


def test_jobs_go_after_thirty_days_with_their_files():
    old, recent = make_job(days_ago=32), make_job(days_ago=28)

    daily.enqueue()
    daily.enqueue()

    assert list(Job.objects.all()) == [recent]
    assert not old.output.storage.exists(old.output.name)
    assert recent.output.storage.exists(recent.output.name)


def test_sheets_find_the_neighbourhood_that_was_loaded_after_them():
    sheet = make_initiative(place={"commune": "38185", "latitude": 45.16, "longitude": 5.73})
    square = [[5.7, 45.1], [5.8, 45.1], [5.8, 45.2], [5.7, 45.2], [5.7, 45.1]]
    around = PriorityNeighbourhood.objects.create(
        code="QP038000",
        name="Carré d’essai",
        geometry={"type": "Polygon", "coordinates": [square]},
        west=5.7,
        south=45.1,
        east=5.8,
        north=45.2,
        vintage=2024,
    )

    assert (find_neighbourhoods(), find_neighbourhoods()) == (1, 0)
    sheet.refresh_from_db()
    assert sheet.neighbourhood == around
