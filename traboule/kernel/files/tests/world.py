"""Something at every address of files."""

from typing import Any


def values(space: Any, participant: Any) -> dict[str, Any]:
    """A picture that someone sent, and an upload under way."""
    from django.core.files.base import ContentFile

    from traboule.kernel.files.models import File, Kind, Upload
    from traboule.kernel.files.tests.factories import picture

    file = File(space_key=space.key, kind=Kind.PICTURE, by=participant)
    file.content.save("photo.jpg", ContentFile(picture().getvalue()), save=False)
    file.save()
    return {
        "files:open key": file.key,
        "files:open part": "vignette",
        "files:piece key": Upload.objects.create(name="photo.jpg", size=1).key,
        "files:withdraw key": file.key,
    }
