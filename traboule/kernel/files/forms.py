"""The field by which any form takes files: whole, or piece by piece where a script can."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from traboule.kernel.people.actions import Refused

from . import checking, receiving
from .models import Kind, Upload

ACCEPT = {
    Kind.PICTURE: "image/*",
    Kind.VIDEO: "video/*",
    Kind.AUDIO: "audio/*",
    Kind.PAPER: ",".join(f".{ending}" for ending in checking.TYPES),
}


class FilesInput(forms.FileInput):
    """A choice of files that forgets none: what has arrived comes back with the form."""

    template_name = "files/input.html"
    allow_multiple_selected = True

    def __init__(self, *, kinds: Collection[str], most: int, heaviest: int) -> None:
        self.kinds, self.most, self.heaviest = kinds, most, heaviest
        super().__init__()

    def value_from_datadict(
        self, data: Any, files: MultiValueDict[str, UploadedFile], name: str
    ) -> list[Upload | Refused]:
        """What was sent: kept at once, so that a mistake elsewhere in the form loses nothing."""
        posted = files.getlist(name) if hasattr(files, "getlist") else []
        given = [self._taken(sent) for sent in posted]
        keys = [key for key in map(_key, _listed(data, f"{name}-received")) if key]
        return [*Upload.objects.complete().filter(key__in=keys).order_by("pk"), *given]

    def _taken(self, sent: UploadedFile) -> Upload | Refused:
        """What became of it: a form asks more than once, and it is taken once."""
        known: dict[str, Upload | Refused] = vars(sent)
        if "taken" not in known:
            try:
                known["taken"] = receiving.take(sent, most=self.heaviest)
            except Refused as problem:
                known["taken"] = problem
        return known["taken"]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and f"{name}-received" not in data

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The list of what has arrived, and the choice of more. The site's own tags draw it."""
        uploads = [one for one in value or [] if isinstance(one, Upload) and one.pk]
        given = {**self.attrs, **(attrs or {}), "name": name}
        given["accept"] = ",".join(ACCEPT[Kind(kind)] for kind in self.kinds)
        given["multiple"] = self.most > 1
        given["required"] = self.is_required and not uploads
        context = {
            "name": name,
            "attributes": flatatt(given),
            "uploads": uploads,
            "most": self.most,
            "takes_voice": Kind.AUDIO in self.kinds,
            "heaviest": receiving.in_words(self.heaviest),
        }
        return render_to_string(self.template_name, context)


class FilesField(forms.Field):
    """Files of the ``kinds`` asked for, ``most`` at once, each of ``heaviest`` bytes at most.

    The cleaned value is a list of ``checking.Prepared``, for ``actions.keep``. The form needs
    ``enctype="multipart/form-data"``.
    """

    def __init__(
        self,
        *,
        kinds: Collection[str] = (Kind.PICTURE,),
        most: int = 1,
        heaviest: int | None = None,
        **options: Any,
    ) -> None:
        self.kinds, self.most = tuple(Kind(kind) for kind in kinds), most
        large = {Kind.VIDEO, Kind.AUDIO} & set(self.kinds)
        self.heaviest = heaviest or (
            settings.RECORDING_MAX_BYTES if large else settings.UPLOAD_MAX_BYTES
        )
        widget = FilesInput(kinds=self.kinds, most=most, heaviest=self.heaviest)
        super().__init__(widget=widget, **options)

    def clean(self, value: list[Upload | Refused]) -> list[checking.Prepared]:
        """Look at everything that was sent. What is wrong is let go of, the rest stays."""
        problems = [one for one in value if isinstance(one, Refused)]
        uploads = [one for one in value if isinstance(one, Upload)]
        if self.required and not value:
            raise forms.ValidationError(
                _("Choisissez %(wanted)s.") % {"wanted": checking.wanted(self.kinds)}
            )
        if len(uploads) > self.most:
            raise forms.ValidationError(checking.too_many(self.most))
        prepared = []
        for upload in uploads:
            try:
                prepared.append(checking.prepare(upload, kinds=set(self.kinds)))
            except Refused as problem:
                problems.append(problem)
                upload.forget()
        if problems:
            raise forms.ValidationError([problem.messages[0] for problem in problems])
        return prepared


def _listed(data: Any, name: str) -> list[str]:
    return data.getlist(name) if hasattr(data, "getlist") else list(data.get(name, []))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
