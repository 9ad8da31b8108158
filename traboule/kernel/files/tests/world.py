"""Something at every address of files."""

from typing import Any


def values(space: Any, participant: Any) -> dict[str, Any]:
    """A picture that someone sent, and an upload under way."""
    from traboule.kernel.files.models import Upload
    from traboule.kernel.files.tests.factories import make_file

    return {
        "files:open key": make_file(space, by=participant, public=True).key,
        "files:open part": "vignette",
        "files:piece key": Upload.objects.create(name="photo.jpg", size=1).key,
        "files:withdraw key": make_file(space, by=participant).key,
    }
