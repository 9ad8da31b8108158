"""Files that people sent: published pictures are served to anyone, nothing else is."""

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

PUBLIC = "initiatives/"
A_YEAR = 365 * 24 * 3600


@login_not_required
@require_safe
def public_file(request: HttpRequest, name: str) -> FileResponse:
    """A published picture. Its name never comes back with another content: keep it a year."""
    if not name.startswith(PUBLIC) or ".." in name or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name))
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
