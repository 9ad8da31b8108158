"""Services between neighbours to look at: people made up, in the real Villeneuve of Grenoble."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.people.models import Channel, Person
from traboule.kernel.spaces.models import Space

from .actions import after, contracts, offers, payslips, requests, signing, workers, works
from .models import (
    Contract,
    ContractState,
    Harm,
    Household,
    Request,
    Side,
    Signature,
    SignedBy,
    Term,
    Via,
    Worker,
)
from .terms import frozen

WORKERS = (
    ("Inès Cherif", ("gardening", "company", "lessons"), 2004,
     "Étudiante en biologie, libre le mardi et le samedi. J’ai mon propre taille-haie."),
    ("Malo Rey", ("repairs", "computing"), 1988, "Menuisier à mi-temps, patient avec les écrans."),
    ("Aïssata Diallo", ("cleaning", "company", "childcare"), 1979,
     "Dix ans d’aide à domicile. Je parle français et peul."),
    ("Tuncay Yılmaz", ("gardening", "repairs"), 1965, "Jardin et petites réparations, à vélo."),
    ("Léonie Brun", ("childcare", "lessons"), 2001, "Baby-sitting le soir, maths et anglais."),
    ("Nour Haddad", ("errands", "cleaning", "company"), 1992,
     "Le marché du jeudi n’a plus de secret pour moi."),
)  # fmt: skip
HOUSEHOLDS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("Armand Vial", "landline", "0476090011", {"allowance": "age70", "over_65": 1}),
    ("Josette Perrin", "mobile", "0639980021", {"allowance": "apa", "over_65": 2}),
    ("Zohra Amrani", "mobile", "0639980022", {"children": 2}),
    ("Paulo Ferreira", "email", "paulo@example.org", {}),
    ("Hélène Garnier", "mobile", "0639980023", {"allowance": "age70", "over_65": 1}),
    ("Mounia Saïdi", "email", "mounia@example.org", {"children": 1}),
)  # fmt: skip
STREETS = ("12 galerie de l’Arlequin", "3 place des Géants", "27 allée de la Pelouse",
           "8 allée du Gâtinais", "41 galerie des Baladins", "5 allée des Frênes")  # fmt: skip
"""Numbers are those that Arcep keeps for fiction."""
ASKED = (
    (0, "gardening", "Tailler la haie du fond et ramasser.", 180, "13", 0),
    (1, "cleaning", "Le ménage du jeudi : deux pièces et la cuisine.", 120, "12.80", 2),
    (2, "lessons", "Les devoirs de sixième, surtout les maths.", 60, "15", 4),
    (3, "repairs", "Monter une armoire à trois portes.", 120, "14", 1),
    (4, "computing", "Apprendre à envoyer des photos depuis mon téléphone neuf.", 60, "14.50", 1),
    (5, "childcare", "Aller chercher ma fille à l’école et goûter.", 120, "12.60", 2),
)  # fmt: skip
OPEN = (
    (0, "company", "Lire le journal et sortir marcher un peu.", 120, "12.50"),
    (3, "gardening", "Désherber trois bacs au pied de l’immeuble.", 120, "13"),
    (4, "repairs", "Poser une tringle à rideaux.", 60, "14"),
)  # fmt: skip
WELL = {"on_time": "yes", "as_agreed": "yes", "again": "yes"}
A_DAY, WEEKS = datetime.timedelta(days=1), 8


@transaction.atomic
def fill(space: Space, *, by: Person, say: Callable[[str], object] = lambda words: None) -> None:
    """Two months of services, all under way at once: asked, agreed, done, paid, and in doubt."""
    people = [_worker(space, *one, by=by) for one in WORKERS]
    homes = [_household(space, one, street, by=by)
             for one, street in zip(HOUSEHOLDS, STREETS, strict=True)]  # fmt: skip
    after.set_policy(
        space=space, by=by, insurer="Mutuelle de démonstration", number="RC 2026-4512",
        begins_on=timezone.localdate().replace(month=1, day=1),
        ends_on=timezone.localdate().replace(month=12, day=31), excess=150, phone="01 99 00 12 34",
        covers="Dommages causés aux personnes et aux biens pendant le service, hors véhicules.",
    )  # fmt: skip
    for rank, (home, kind, words, minutes, net, who) in enumerate(ASKED):
        asked = _ask(homes[home], kind, words, minutes, net, by=by)
        _agree_and_work(asked, people[who], Decimal(net), rank, by=by)
    for home, kind, words, minutes, net in OPEN:
        asked = _ask(homes[home], kind, words, minutes, net, by=by)
        for worker in people:
            if kind in worker.kinds:
                offers.offer(asked=asked, worker=worker, net_hourly=Decimal(net) + 1,
                             words=worker.words[:60], by=by)  # fmt: skip
    _doubt(space, by=by)
    say(f"{len(ASKED) + len(OPEN)} demandes, {len(ASKED)} contrats.")


def _worker(
    space: Space, name: str, kinds: tuple[str, ...], born: int, words: str, *, by: Person
) -> Worker:
    person = Person.objects.create_person(name=name)
    worker = workers.offer_hands(
        space=space, person=person, kinds=kinds, commune=space.initiative.commune, radius_km=5,
        born_on=datetime.date(born, 4, 12), words=words, by=by,
    )  # fmt: skip
    workers.saw_papers(worker=worker, may_work_until=None, by=by)
    worker.refresh_from_db()
    return worker


def _household(space: Space, told: tuple[str, str, str, dict[str, Any]], street: str, *,
               by: Person) -> Household:  # fmt: skip
    name, kind, value, details = told
    address = value if kind == ChannelKind.EMAIL else f"+33{value[1:]}"
    channel = Channel(kind=kind, value=address, verified_at=timezone.now())
    person = Person.objects.create_person(name=name, channels=[channel])
    return requests.join_as_household(
        space=space, person=person, commune=space.initiative.commune, address=street, by=by,
        **details,
    )  # fmt: skip


def _ask(home: Household, kind: str, words: str, minutes: int, net: str, *, by: Person) -> Request:
    return requests.ask(
        household=home, by=by, kind=kind, words=words, minutes=minutes, budget=Decimal(net),
        via=Via.PHONE if home.allowance else Via.WEB,
    )  # fmt: skip


def _agree_and_work(
    asked: Request, worker: Worker, net: Decimal, weekday: int, *, by: Person
) -> None:
    """Two months of afternoons, one a week, each month paid once it is over."""
    sent = offers.offer(asked=asked, worker=worker, net_hourly=net, by=by)
    offers.choose(offer=sent, by=by)
    contract = contracts.prepare(
        offer=sent, by=by, term=Term.OPEN, when_words="Une fois par semaine, l’après-midi",
        of_household={"address": asked.household.address},
        of_worker={"address": "18 rue des Alliés", "birthplace": "Grenoble"},
    )  # fmt: skip
    first = timezone.localdate() - datetime.timedelta(weeks=WEEKS)
    _signed_on(contract, first)
    for week in range(WEEKS):
        day = first + datetime.timedelta(weeks=week, days=1 + weekday)
        _work(contract, day, asked.minutes, by=by)
    payslips.make_all_due(timezone.now())
    for side in Side:
        after.write_review(contract=contract, side=side, by=by, words="Très bien.", **WELL)


def _work(contract: Contract, day: datetime.date, minutes: int, *, by: Person) -> None:
    begun = timezone.make_aware(datetime.datetime.combine(day, datetime.time(14)))
    ended = begun + datetime.timedelta(minutes=minutes)
    work, _warned = works.enter(
        contract=contract, side=Side.WORKER, begun_at=begun, ended_at=ended, by=by
    )
    works.confirm(work=work, by=by)


def _signed_on(contract: Contract, day: datetime.date) -> None:
    """As if both had signed on paper that day: a demonstration has a past."""
    contract.begins_on = contract.hired_on = day
    contract = Contract.objects.for_listing().get(pk=contract.pk)
    contract.begins_on = contract.hired_on = day
    contract.terms, contract.state = frozen(contract), ContractState.SIGNED
    contract.signed_at, before = timezone.now(), ""
    contract.save()
    for side in Side:
        signature = Signature(
            contract=contract, side=side, how=SignedBy.PAPER, name=str(contract.person_of(side)),
            signed_at=contract.signed_at, previous=before, evidence={},
        )  # fmt: skip
        signature.digest = before = signing.digest_of(signature, contract)
        signature.save()


def _doubt(space: Space, *, by: Person) -> None:
    """Hours in discussion, and something broken."""
    contract = Contract.objects.for_listing().filter(household__space=space).earliest("pk")
    day = timezone.localdate() - 2 * A_DAY
    begun = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))
    work, _warned = works.enter(
        contract=contract, side=Side.WORKER, begun_at=begun, by=by,
        ended_at=begun + datetime.timedelta(hours=3),
    )  # fmt: skip
    works.dispute(work=work, words="Elle est partie une heure plus tôt.", by=by)
    after.tell_incident(
        contract=contract, side=Side.HOUSEHOLD, harm=Harm.DAMAGE, on=day,
        words="Un pot de terre cuite cassé près du portail.", by=by,
    )  # fmt: skip
