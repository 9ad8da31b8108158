"""Small files to test with, as phones make them."""

import io
import subprocess
from pathlib import Path

import imageio_ffmpeg
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from traboule.kernel.files import actions, checking, receiving
from traboule.kernel.files.models import File, Kind

SAMPLES = Path(__file__).parent / "samples"


def picture(size=(60, 40), colour="#29603f", **options):
    """A small photo."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", **options)
    out.seek(0)
    return out


def sent(content, name="photo.jpg"):
    """What a form sends."""
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.getvalue())


def video(folder, seconds=1):
    """A small video with a sound, and the place where it was filmed."""
    path = Path(folder) / "film.mov"
    subprocess.run(
        [
            imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-y",
            "-f", "lavfi", "-i", f"testsrc=size=320x568:rate=10:duration={seconds}",
            "-f", "lavfi", "-i", f"sine=duration={seconds}",
            "-metadata", "location=+45.76+004.83/", "-shortest", str(path),
        ],
        check=True,
    )  # fmt: skip
    return path.read_bytes()


RECORDERS = {
    "webm": ("-c:a", "libopus", "-f", "webm", "-live", "1"),
    "m4a": ("-c:a", "aac", "-f", "mp4", "-movflags", "empty_moov+frag_keyframe"),
    "ogg": ("-c:a", "libopus", "-f", "ogg"),
}
"""What the recorder of a browser writes as one speaks: it never goes back to say how long."""


def voice(folder, ending="webm", seconds=2):
    """A voice as a browser records it: Chromium (webm), Safari (m4a), Firefox (ogg)."""
    path = Path(folder) / f"voix.{ending}"
    subprocess.run(
        [
            imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-y",
            "-f", "lavfi", "-i", f"sine=duration={seconds}", *RECORDERS[ending], str(path),
        ],
        check=True,
    )  # fmt: skip
    return path.read_bytes()


def make_file(space, *, by=None, content=None, public=False, kinds=(Kind.PICTURE,), alt="") -> File:
    """A file that was kept, a photo unless told otherwise."""
    upload = receiving.take(sent(content or picture()), most=10**8)
    prepared = checking.prepare(upload, kinds=set(kinds))
    return actions.keep(prepared, space=space, by=by, public=public, alt=alt)
