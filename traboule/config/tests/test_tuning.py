import pytest
from django.db import connection
from django.utils import timezone

from traboule.config.tuning import refresh_statistics
from traboule.kernel.people.models import Person


@pytest.mark.django_db
def test_a_table_that_filled_is_looked_at_again():
    Person.objects.bulk_create(Person(name=f"Personne {rank}") for rank in range(300))

    refresh_statistics(timezone.now())

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'people_person'")
            known = [int(stat.split()[0]) for (stat,) in cursor.fetchall()]
        assert set(known) == {300}
