"""The pages of an exchange, as households, officers and the team go through them."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.exchanges.housing.actions import swap_files, swaps
from traboule.exchanges.housing.models import (
    Feature,
    Interest,
    InterestState,
    Listing,
    Piece,
    State,
    Stop,
    Swap,
    SwapState,
)
from traboule.kernel.files.tests.factories import picture, sent
from traboule.kernel.spaces.tests.factories import make_coordinator, make_facilitator

from .factories import (
    make_dwelling,
    make_exchange_space,
    make_landlord,
    make_listing,
    make_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_exchange_space()


@pytest.fixture
def landlord(space):
    return make_landlord(space)


@pytest.fixture
def pair(landlord):
    return [make_listing(make_dwelling(landlord)) for _ in range(2)]


@pytest.fixture
def swap(pair):
    return swaps.propose(listings=pair, by=pair[0].tenant)


@pytest.fixture
def agreed(swap, pair):
    return swaps.answer(move=swap.moves.get(listing=pair[1]), by=pair[1].tenant, yes=True)


def at(name, swap, *args):
    return reverse(f"housing:{name}", args=[swap.space.slug, swap.code, *args])


def test_two_households_who_like_each_other_s_homes_propose_and_answer(client, space, pair):
    one, other = pair
    Interest.objects.create(sender=one, receiver=other, state=InterestState.MUTUAL)
    client.force_login(one.tenant)
    client.post(reverse("housing:swap-propose", args=[space.slug, other.code]))
    swap = Swap.objects.get()

    client.force_login(other.tenant)
    page = client.get(swap.get_absolute_url()).content.decode()
    assert "Oui, cela m’intéresse" in page
    client.post(at("swap-answer", swap, swap.moves.get(listing=other).pk), {"answer": "yes"})

    swap.refresh_from_db()
    assert swap.state == SwapState.AGREED


def test_nobody_proposes_to_who_is_not_interested(client, space, pair):
    client.force_login(pair[0].tenant)

    page = client.post(reverse("housing:swap-propose", args=[space.slug, pair[1].code]))

    assert page.status_code == 404
    assert not Swap.objects.exists()


def test_a_household_sees_its_own_part_only_and_no_address_before_all_agree(client, swap, pair):
    client.force_login(pair[1].tenant)

    page = client.get(swap.get_absolute_url())

    text = page.content.decode()
    assert [move.listing for move, _points, _own in page.context["moves"]] == [pair[1]]
    assert pair[0].dwelling.address not in text
    assert pair[0].code not in text
    stranger = make_listing(make_dwelling(pair[0].dwelling.landlord)).tenant
    client.force_login(stranger)
    assert client.get(swap.get_absolute_url()).status_code == 404


def test_the_address_is_shown_once_all_agreed(client, agreed, pair):
    client.force_login(pair[1].tenant)

    assert pair[0].dwelling.address in client.get(agreed.get_absolute_url()).content.decode()


def test_someone_of_the_team_answers_for_who_called(client, space, swap, pair):
    client.force_login(make_facilitator(space))

    client.post(at("swap-answer", swap, swap.moves.get(listing=pair[1]).pk), {"answer": "no"})

    swap.refresh_from_db()
    assert swap.broken_because == Stop.SAID_NO


def test_a_file_goes_from_papers_to_keys(client, landlord, agreed, pair):
    officer = make_officer(landlord)
    for piece in Piece.objects.filter(move__swap=agreed):
        client.force_login(piece.move.listing.tenant)
        answer = client.post(
            at("piece-give", agreed, piece.pk), {"sent": [sent(picture(colour="#29603f"))]}
        )
        assert answer.status_code == 302
    client.force_login(officer)
    decision = agreed.decisions.get()
    page = client.get(reverse("housing:decision", args=[agreed.space.slug, decision.pk]))
    assert "Valider les pièces reçues" in page.content.decode()
    for move in agreed.moves.all():
        address = [agreed.space.slug, decision.pk, move.pk]
        client.post(reverse("housing:pieces-accept", args=address))
    give = reverse("housing:decision-give", args=[agreed.space.slug, decision.pk])
    client.post(give, {"what": "commission", "on": "2031-05-02"})
    client.post(give, {"what": "accept"})
    day = timezone.localdate() + datetime.timedelta(30)
    client.post(at("inventory", agreed), {"on": f"{day}"})
    for move in agreed.moves.all():
        client.post(at("lease", agreed, move.pk), {"on": f"{day}"})
    client.post(at("swap-done", agreed))

    agreed.refresh_from_db()
    assert (agreed.state, agreed.inventory_on) == (SwapState.DONE, day)
    assert set(Listing.objects.values_list("state", flat=True)) == {State.HOUSED}


def test_a_refusal_needs_a_published_ground(client, landlord, agreed):
    client.force_login(make_officer(landlord))
    give = reverse("housing:decision-give", args=[agreed.space.slug, agreed.decisions.get().pk])

    page = client.post(give, {"what": "refuse"})

    assert list(page.context["form"].errors) == ["ground"]
    assert client.post(give, {"what": "refuse", "ground": "under-occupied"}).status_code == 302


def test_a_paper_is_opened_by_its_landlord_and_by_no_other_household(
    client, landlord, agreed, pair
):
    piece = Piece.objects.filter(move__listing=pair[0]).first()
    client.force_login(pair[0].tenant)
    client.post(at("piece-give", agreed, piece.pk), {"sent": [sent(picture(colour="#29603f"))]})
    piece.refresh_from_db()

    opened = {}
    for name, person in (("officer", make_officer(landlord)), ("other", pair[1].tenant)):
        client.force_login(person)
        page = client.get(piece.file.get_absolute_url())
        page.getvalue()  # A file opens once it is read to its end, and closes then.
        opened[name] = page.status_code

    assert opened == {"officer": 200, "other": 404}


def test_the_file_prints_for_who_may_read_it(client, agreed, pair):
    client.force_login(pair[0].tenant)

    assert client.get(at("swap-pdf", agreed)).content.startswith(b"%PDF")


def test_what_if_names_the_change_that_opens_most(client, space, landlord):
    seeker = make_listing(make_dwelling(landlord), wish={"rooms_min": 3, "rooms_max": 3})
    make_listing(make_dwelling(landlord, rooms=4, area=80))
    client.force_login(seeker.tenant)

    page = client.get(reverse("housing:what-if", args=[space.slug, seeker.code]))

    answer = page.context["answer"]
    assert (answer.homes, answer.exchanges) == (0, 0)
    assert answer.changes[0] == (
        "Jusqu’à 4 pièces", "1 logement de plus, 1 échange possible"
    )  # fmt: skip


@pytest.mark.parametrize("feature", Feature)
def test_every_feature_is_explained_and_may_be_given_up(client, space, landlord, feature):
    size = {"rooms_min": 4, "rooms_max": 4}
    seeker = make_listing(make_dwelling(landlord), wish=size | {"must": feature})
    make_listing(make_dwelling(landlord, rooms=4, features=0xFF & ~feature))
    client.force_login(seeker.tenant)

    page = client.get(reverse("housing:what-if", args=[space.slug, seeker.code]))

    answer = page.context["answer"]
    assert (answer.homes, len(answer.obstacles)) == (0, 1)
    assert answer.changes[0][0].startswith("Sans demander : ")
    assert answer.changes[0][1] == "1 logement de plus, 1 échange possible"


def test_a_list_costs_the_same_with_one_exchange_as_with_three(
    client, space, landlord, swap, django_assert_max_num_queries
):
    client.force_login(make_coordinator(space))
    client.get(reverse("housing:swaps", args=[space.slug]))
    for _ in range(2):
        more = [make_listing(make_dwelling(landlord)) for _ in range(3)]
        swaps.propose(listings=more, by=more[0].tenant)
    with django_assert_max_num_queries(30):
        client.get(reverse("housing:swaps", args=[space.slug]))


def test_what_is_agreed_is_chased_for_missing_papers(agreed, pair):
    from traboule.exchanges.housing import swap_upkeep
    from traboule.kernel.notices.models import Notice

    Swap.objects.update(agreed_at=timezone.now() - datetime.timedelta(8))
    swap_upkeep.chase_pieces(timezone.now())
    swap_upkeep.chase_pieces(timezone.now())

    assert Notice.objects.filter(kind="housing.pieces").count() == 2


def test_an_exchange_that_nobody_answers_ends_by_itself(swap):
    from traboule.exchanges.housing import swap_upkeep

    Swap.objects.update(answer_by=timezone.localdate() - datetime.timedelta(1))
    swap_upkeep.close_late(timezone.now())

    swap.refresh_from_db()
    assert swap.broken_because == Stop.LATE


def test_a_paper_that_will_not_do_is_asked_for_again(client, landlord, agreed, pair):
    piece = Piece.objects.filter(move__listing=pair[0]).first()
    swap_files.give_piece(piece=piece, by=pair[0].tenant)
    client.force_login(make_officer(landlord))

    client.post(at("piece-check", agreed, piece.pk), {"because": "La page 2 manque."})

    piece.refresh_from_db()
    assert piece.is_missing
    client.force_login(pair[0].tenant)
    assert "La page 2 manque." in client.get(agreed.get_absolute_url()).content.decode()


def test_papers_are_forgotten_three_months_after_the_end(client, agreed, pair):
    from traboule.exchanges.housing import swap_upkeep

    piece = Piece.objects.filter(move__listing=pair[0]).first()
    client.force_login(pair[0].tenant)
    client.post(at("piece-give", agreed, piece.pk), {"sent": [sent(picture(colour="#29603f"))]})
    swaps.leave(move=piece.move, by=pair[0].tenant)

    swap_upkeep.forget_papers(timezone.now() + datetime.timedelta(80))
    piece.refresh_from_db()
    assert piece.file is not None
    swap_upkeep.forget_papers(timezone.now() + datetime.timedelta(91))
    piece.refresh_from_db()
    assert piece.file is None
