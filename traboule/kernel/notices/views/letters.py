"""Letters: those that wait, in one PDF to print, then posted."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest

from .. import following
from ..models import LetterBatch, Notice
from ..printing import letters_pdf as print_letters
from ..rules import batches_of, followed_by


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: PersonRequest) -> HttpResponse:
    """The letters that wait and the batches made lately; a POST makes one."""
    if request.method == "POST":
        try:
            following.prepare_letters(by=request.user)
            messages.success(request, _("Les courriers sont prêts à imprimer."))
        except Refused as refused:
            messages.info(request, refused.message)
        return redirect("notices:letters")
    waiting = Notice.objects.to_post().filter(followed_by(request.user), batch=None)
    batches = LetterBatch.objects.filter(batches_of(request.user))
    context = {
        "waiting": waiting.select_related("recipient").order_by("created_at", "pk"),
        "batches": batches.annotate(letters=Count("notices")).order_by("-created_at", "-pk")[:20],
    }
    return render(request, "notices/letters.html", context)


@never_cache
@require_safe
def letters_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The letters of a batch, one a page, ready for window envelopes."""
    batch = get_object_or_404(LetterBatch, batches_of(request.user), pk=pk)
    found = batch.notices.select_related("recipient", "person").order_by("created_at", "pk")
    return HttpResponse(
        print_letters(list(found), on=batch.created_at),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="courriers-{batch.pk}.pdf"'},
    )


@require_POST
def letters_posted(request: PersonRequest, pk: int) -> HttpResponse:
    """The letters of a batch are in the post."""
    batch = get_object_or_404(LetterBatch, batches_of(request.user), pk=pk)
    following.note_posted(batch=batch, by=request.user)
    messages.success(request, _("C’est noté : les courriers sont postés."))
    return redirect("notices:letters")
