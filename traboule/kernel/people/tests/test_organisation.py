import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from traboule.kernel.people.models import Membership, Organisation, Person, validate_siret

# La Poste's head office satisfies Luhn; its other offices only the sum of digits.
VALID = ["73282932000074", "35600000000048", "35600000049837"]
WRONG = ["73282932000075", "7328293200007", "732829320000744", "7328293200007A", "35600000049838"]


@pytest.mark.parametrize("siret", VALID)
def test_a_right_siret_is_accepted(siret):
    validate_siret(siret)


@pytest.mark.parametrize("siret", [*WRONG, "73282932000O74", "٧٣٢٨٢٩٣٢٠٠٠٠٧٤"])
def test_a_wrong_siret_is_refused(siret):
    with pytest.raises(ValidationError, match="SIRET"):
        validate_siret(siret)


@pytest.mark.django_db
def test_two_organisations_may_share_a_name_but_not_a_siret():
    Organisation.objects.create(name="Les Voisins", siret=VALID[0])
    Organisation.objects.create(name="Les Voisins")
    Organisation.objects.create(name="Les Voisins")

    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="D’autres", siret=VALID[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="D’autres", siret="123")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="")

    assert Organisation.objects.count() == 3


@pytest.mark.django_db
def test_a_person_belongs_once_and_has_a_known_role():
    amina = Person.objects.create_person(name="Amina")
    bruno = Person.objects.create_person(name="Bruno")
    group = Organisation.objects.create(name="Les Voisins")
    Membership.objects.create(person=amina, organisation=group)

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=amina, organisation=group, role="coordinator")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=bruno, organisation=group, role="king")

    assert list(group.members.all()) == [amina]
