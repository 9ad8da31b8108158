"""Importing a file of sheets, and the page of any background work."""

from pathlib import Path
from typing import cast

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.models import Person
from traboule.ui.requests import HtmxRequest

from ..exchange.reports import reported
from ..importing import start_check, start_import
from ..models import Job
from ..rules import can_import, can_see_job
from ..vocabulary import Origin


class ImportForm(forms.Form):
    """The file, and whether its sheets were told by those who live them."""

    file = forms.FileField(
        label=_("Votre fichier"),
        help_text=_(
            "Un tableau CSV, un JSON ou un GeoJSON, dans la forme de nos données ouvertes."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.json,.geojson"}),
        error_messages={
            "required": _("Choisissez d’abord un fichier."),
            "empty": _("Ce fichier est vide. Choisissez-en un qui contient des fiches."),
        },
    )
    origin = forms.ChoiceField(
        label=_("D’où viennent ces fiches ?"),
        choices=Origin.choices,
        widget=forms.RadioSelect,
        initial=Origin.REPORTED,
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is too heavy, saying both weights."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                _("Ce fichier pèse %(size)s, et nous prenons jusqu’à %(most)s. Coupez-le en deux."),
                params={
                    "size": filesizeformat(file.size or 0),
                    "most": filesizeformat(settings.UPLOAD_MAX_BYTES),
                },
            )
        return file


@require_http_methods(["GET", "HEAD", "POST"])
def import_sheets(request: HttpRequest) -> HttpResponse:
    """Take a file and try it."""
    importer = _importer(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        origin = Origin(form.cleaned_data["origin"])
        return redirect(start_check(file=form.cleaned_data["file"], origin=origin, by=importer))
    status = 422 if form.errors else 200
    return render(request, "initiatives/data/import.html", {"form": form}, status=status)


@require_POST
def import_checked(request: HttpRequest, key: str) -> HttpResponse:
    """Load the file that was tried: all of it, or only its right lines if that was ticked."""
    checked = _job(request, key)
    only_right = request.POST.get("only_right") == "yes"
    if checked.kind != Job.Kind.IMPORT_CHECK or checked.status != Job.Status.DONE:
        raise Http404
    if checked.report["wrong"] and not only_right:
        context = {"job": checked, "report": reported(checked), "undecided": True}
        return render(request, "initiatives/job.html", context, status=422)
    return redirect(start_import(checked=checked, only_right=only_right, by=_importer(request)))


@login_not_required
@never_cache
@require_safe
def job(request: HtmxRequest, key: str) -> HttpResponse:
    """How far a piece of work is, and its file when it is done."""
    template = "_job" if request.htmx else "job"
    job = _job(request, key)
    return render(request, f"initiatives/{template}.html", {"job": job, "report": reported(job)})


@login_not_required
@never_cache
@require_safe
def job_file(request: HttpRequest, key: str) -> FileResponse:
    """The file that the work made."""
    job = _job(request, key)
    if not job.output or not job.is_over:
        raise Http404
    name = Path(job.output.path).name
    return FileResponse(job.output.open("rb"), as_attachment=True, filename=name)


def _importer(request: HttpRequest) -> Person:
    """Whoever asks, if they may import."""
    if not can_import(request.user):
        raise PermissionDenied
    return cast(Person, request.user)


def _job(request: HttpRequest, key: str) -> Job:
    """The work of this key, if this reader may see it; else as if there were none."""
    job = get_object_or_404(Job, key=key)
    if not can_see_job(request.user, job):
        raise Http404
    return job
