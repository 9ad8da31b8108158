"""What the agenda prints, from events to PDF."""

import calendar
import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from traboule.kernel.initiatives.search.filters import Filters
from traboule.kernel.spaces.models import Space
from traboule.ui.printing import house, qr_code, shown_address, typeset

from ..models import DatePoll, Event
from ..models.event import EventQuerySet
from ..nearby import of_territory
from ..wording import day, day_and_year, from_to, hour, hours

HERE = Path(__file__).parent
ROOM_FOR_WORDS = 400
"""On a grid, what is longer would leave no room for names."""
MOST_ON_A_MONTH = 80
"""Beyond, a month does not fit four pages that somebody will pin up."""


def poster(event: Event) -> bytes:
    """One event on A4, legible from two metres."""
    return typeset(HERE / "poster.typ", house() | event_data(event) | {
        "heading": event.title,
        "about": _paragraphs(event.description),
        "how": _ways_in(event),
        "words": {
            "qr": _("Code à photographier pour s’inscrire"),
            "sign_up": _("Pour venir") if event.takes_signups else _("Entrée libre"),
        },
    })  # fmt: skip


def door_sheet(event: Event) -> bytes:
    """On the door of the room: it is here."""
    slots = event.slots.open().order_by("starts_at", "pk") if event.is_slotted else []
    return typeset(HERE / "door.typ", house() | event_data(event) | {
        "slots": [hour(slot.starts_at) for slot in slots],
        "words": {
            "here": _("C’est ici"),
            "welcome": _("Entrez, installez-vous. Vous pouvez arriver en avance."),
            "slots": _("Rendez-vous à"),
        },
    })  # fmt: skip


def expected_list(event: Event) -> bytes:
    """Who is expected, with a box to tick, for the desk; then who waits."""
    signups = list(event.signups.live().for_list().order_by("asked_at", "pk"))
    if event.is_slotted:
        signups = [
            signup
            for slot in event.slots.open().order_by("starts_at", "pk")
            for signup in slot.signups.live().for_list().order_by("asked_at", "pk")
        ]
    rows = [
        {
            "name": signup.person.name,
            "extra": f"+ {signup.extra}" if signup.extra else "",
            "note": signup.note,
            "hour": hour(signup.event.starts_at) if event.is_slotted else "",
            "waiting": signup.state == signup.State.WAITING,
        }
        for signup in signups
    ]
    return typeset(HERE / "expected.typ", house() | event_data(event) | {
        "rows": [row for row in rows if not row["waiting"]],
        "waiting": [row for row in rows if row["waiting"]],
        "blank": 6,
        "words": {
            "title": _("Qui est attendu"),
            "name": _("Nom"),
            "extra": _("En plus"),
            "note": _("À savoir"),
            "hour": _("Heure"),
            "there": _("Venue, venu"),
            "waiting": _("Sur la liste d’attente"),
            "confidential": _("Cette liste porte des noms : ne l’affichez pas, et détruisez-la "
                              "une fois saisie."),
        },
    })  # fmt: skip


def month(filters: Filters, first: datetime.date) -> bytes:
    """A month of public events, day by day, to pin up or hand out."""
    return _month(
        _of_month(of_territory(filters), first),
        first,
        place=str(filters.commune or filters.department or settings.TERRITORY),
        address=reverse("agenda:territory") + filters.query_string(),
        title=_("Dans le quartier"),
    )


def month_of_space(space: Space, events: EventQuerySet, first: datetime.date) -> bytes:
    """A month of one space, to pin up at its gate: those of its ``events`` that one may read."""
    return _month(
        _of_month(events, first),
        first,
        place=space.initiative.place,
        address=reverse("agenda:agenda", args=[space.slug]),
        title=str(space),
    )


def _month(
    events: list[Event], first: datetime.date, *, place: str, address: str, title: str
) -> bytes:
    """A month, day by day."""
    address = settings.SITE_URL + address
    by_day = groupby(events, key=lambda event: localtime(event.starts_at).date())
    return typeset(HERE / "month.typ", house() | {
        "heading": date_format(first, "F Y").capitalize(),
        "place": place,
        "days": [
            {
                "number": date.day,
                "weekday": date_format(date, "l"),
                "events": [event_data(event) | {"title": event.title} for event in group],
            }
            for date, group in by_day
        ],
        "printed": date_format(localdate(), "j F Y"),
        "address": address,
        "address_shown": shown_address(address),
        "qr": qr_code(address),
        "words": {
            "title": title,
            "none": _("Rien n’est encore annoncé ce mois-ci. Appelez-nous, ou revenez voir en "
                      "ligne."),
            "cancelled": _("annulé"),
            "code": _("code"),
            "online": _("Tout l’agenda, à jour"),
            "qr": _("Code à photographier pour ouvrir l’agenda"),
            "printed": _("Imprimé le"),
            "call": _("S’inscrire par téléphone"),
            "sms": _("ou par SMS : ATELIER et le code, au") if settings.SMS_NUMBER else "",
            "sms_number": settings.SMS_NUMBER,
        },
    })  # fmt: skip


def poll_grid(poll: DatePoll) -> bytes:
    """The dates as columns, names to write in lines: to pass around with a pen."""
    address = settings.SITE_URL + poll.get_absolute_url()
    dates = poll.dates.order_by("starts_at", "pk")
    last_day = _("À rendre le %(day)s au plus tard.")
    return typeset(HERE / "grid.typ", house() | {
        "heading": poll.title,
        "about": _paragraphs(Truncator(poll.description).chars(ROOM_FOR_WORDS)),
        "place": poll.place_name,
        "last_day": last_day % {"day": day(poll.closes_on)} if poll.closes_on else "",
        "dates": [
            {"day": day(localtime(d.starts_at)), "hours": from_to(d.starts_at, d.ends_at)}
            for d in dates
        ],
        "letters": [("O", _("oui")), ("S", _("si besoin")), ("N", _("non"))],
        "address_shown": shown_address(address),
        "qr": qr_code(address),
        "ways": _ways_to_answer(poll, shown_address(address)),
        "words": {
            "title": _("Quelles dates vous vont ?"),
            "name": _("Prénom"),
            "example": _("Exemple : Lina"),
            "qr": _("Code à photographier pour répondre"),
        },
    })  # fmt: skip


def _ways_to_answer(poll: DatePoll, address: str) -> list[str]:
    """The other doors, for whoever has no pen at hand."""
    ways = [_("Ou en ligne, sans compte : %(address)s") % {"address": address}]
    if settings.SMS_NUMBER:
        ways.append(_("Ou par SMS au %(number)s : DATES %(code)s, les numéros des dates et votre "
                      "prénom.") % {"code": poll.code, "number": settings.SMS_NUMBER})  # fmt: skip
    return ways


def _of_month(events: EventQuerySet, first: datetime.date) -> list[Event]:
    """Those that begin in the month of that first day."""
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    midnight = datetime.time()
    between = [
        timezone.make_aware(datetime.datetime.combine(day, midnight))
        for day in (first, last + datetime.timedelta(days=1))
    ]
    inside = events.filter(starts_at__gte=between[0], starts_at__lt=between[1])
    return list(inside.for_page().order_by("starts_at", "pk")[:MOST_ON_A_MONTH])


def event_data(event: Event) -> dict[str, Any]:
    """What every print says of an event."""
    start = localtime(event.starts_at)
    address = f"{settings.SITE_URL}/s/{event.code}/"
    return {
        "event": event.title,
        "kind": event.get_kind_display(),
        "space": str(event.space),
        "theme": event.space.initiative.theme,
        "holder": event.space.initiative.holder.name,
        "day": day_and_year(start).capitalize(),
        "hours": hours(event),
        "place_lines": [line for line in (event.place_name, event.address) if line]
        + [event.space.initiative.place],
        "cancelled": event.state == Event.State.CANCELLED,
        "code": event.code,
        "address": address,
        "address_shown": shown_address(address),
        "qr": qr_code(address),
    }


def _ways_in(event: Event) -> list[str]:
    """The ways to sign up, as somebody would say them."""
    if not event.takes_signups:
        return [_("Venez comme vous êtes, sans vous inscrire.")]
    ways = [
        _("En ligne : %(address)s")
        % {"address": shown_address(f"{settings.SITE_URL}/s/{event.code}/")}
    ]
    if settings.SMS_NUMBER:
        ways.append(_("Par SMS : écrivez ATELIER %(code)s et votre prénom au %(number)s")
                    % {"code": event.code, "number": settings.SMS_NUMBER})  # fmt: skip
    if settings.HELP_PHONE:
        ways.append(_("Par téléphone : %(number)s") % {"number": settings.HELP_PHONE})
    return [*ways, _("Ou dites-le à la personne qui vous a donné cette affiche.")]


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n") if part.strip()]
