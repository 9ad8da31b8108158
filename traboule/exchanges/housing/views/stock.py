"""The homes of a landlord: found, corrected, offered empty, taken out of the stock."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done

from ..actions import stock as acts
from ..forms.stock import DwellingForm, VacantForm, WithdrawForm
from ..models import Dwelling, Swap
from .stock_finding import served_dwelling, served_landlord

PAGE_SIZE = 50


@never_cache
@require_safe
def stock(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The homes of a landlord, a page at a time; by reference, lease or street."""
    landlord = served_landlord(request, slug, pk)
    query, after = request.GET.get("q", "").strip()[:80], request.GET.get("apres", "")
    homes = landlord.dwellings.standing().matching(query).for_listing().order_by("pk")
    only_vacant = request.GET.get("vides") == "oui"
    homes = homes.filter(vacant_from__isnull=False) if only_vacant else homes
    homes = homes.filter(pk__gt=after) if after.isdecimal() and len(after) < 19 else homes
    rows = list(homes[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    asked = {"q": query, "vides": "oui" if only_vacant else ""}
    more = {**{key: value for key, value in asked.items() if value}, "apres": ""}
    context = {
        "space": landlord.space,
        "landlord": landlord,
        "dwellings": shown,
        "query": query,
        "only_vacant": only_vacant,
        "next": f"?{urlencode(more)}{shown[-1].pk}" if len(rows) > PAGE_SIZE else "",
    }
    return render(request, "housing/stock/stock.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Put one home in the stock, without a file."""
    landlord = served_landlord(request, slug, pk)
    form = DwellingForm(request.POST or None, instance=Dwelling(landlord=landlord))
    if form.is_valid():
        try:
            made = acts.add_dwelling(landlord=landlord, by=request.user, **form.said())
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("Le logement est dans le parc."))
            return redirect("housing:dwelling", slug, made.pk)
    context = {"space": landlord.space, "landlord": landlord, "form": form}
    return render(request, "housing/stock/dwelling_add.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dwelling(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One home: what is known of it, to be corrected, and what is under way."""
    found = served_dwelling(request, slug, pk)
    form = DwellingForm(request.POST or None, instance=served_dwelling(request, slug, pk))
    if form.is_valid():
        try:
            acts.change_dwelling(dwelling=found, by=request.user, **form.said())
        except (ValidationError, Refused) as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("C’est enregistré."))
            return redirect("housing:dwelling", slug, pk)
    context = {
        "space": found.landlord.space,
        "landlord": found.landlord,
        "dwelling": found,
        "form": form,
        "vacant_form": VacantForm(initial={"day": found.vacant_from}),
        "withdraw_form": WithdrawForm(),
        "listing": found.listings.live().first(),
        "swaps": Swap.objects.counting_on(found),
    }
    return render(request, "housing/stock/dwelling.html", context)


@require_POST
def vacant(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Offer a home empty, or no more."""
    found = served_dwelling(request, slug, pk)
    form = VacantForm(request.POST)
    if form.is_valid():
        done(request, acts.offer_vacant, _("C’est enregistré."), dwelling=found, by=request.user,
             **form.cleaned_data)  # fmt: skip
    else:
        messages.error(request, _("Choisissez une date."))
    return redirect("housing:dwelling", slug, pk)


@require_POST
def withdraw(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take a home out of the stock, now or after its exchange."""
    found = served_dwelling(request, slug, pk)
    form = WithdrawForm(request.POST)
    form.is_valid()
    done(request, acts.withdraw, _("C’est noté."), dwelling=found, by=request.user,
         **form.cleaned_data)  # fmt: skip
    return redirect("housing:dwelling", slug, pk)
