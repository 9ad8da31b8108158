"""What reports say of many spaces at once."""

import datetime

from django.utils import timezone

from traboule.blocks.reports.models import Report
from traboule.blocks.reports.signs import waiting
from traboule.blocks.reports.tests.factories import make_report
from traboule.kernel.spaces.tests.factories import make_space


def test_problems_that_wait_are_counted_and_late_ones_worry(db):
    garden, quiet = make_space(blocks=("reports",)), make_space(blocks=("reports",))
    make_report(garden)
    late = make_report(garden)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Report.objects.filter(pk=late.pk).update(due_on=yesterday)

    said = waiting([garden, quiet])

    assert list(said) == [garden.pk]
    assert (said[garden.pk].words, said[garden.pk].worries) == (
        "2 en attente, dont 1 en retard",
        True,
    )
