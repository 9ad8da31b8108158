import datetime

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from traboule.kernel.initiatives.models import Job
from traboule.kernel.initiatives.tasks import daily

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
