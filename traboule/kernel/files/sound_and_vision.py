"""Videos and voices made small enough for a slow network, by ffmpeg; nothing hidden is kept."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg
from django.utils.translation import gettext_lazy as _

LOOK_SECONDS = 60
_DURATION = re.compile(r"Duration: (\d+):(\d+):(\d+)")
_PICTURE_STREAM = re.compile(r"Stream #\S+.*: Video: (?!mjpeg|png)")
_SIZE = re.compile(r"Video: .*?(\d{2,5})x(\d{2,5})")
_SOUND_STREAM = re.compile(r"Stream #\S+.*: Audio: ")
_REACHED = re.compile(r".*time=(\d+):(\d+):(\d+)", re.DOTALL)
_DONE = re.compile(r"out_time_us=(\d+)")

NO_TRACE = ("-map_metadata", "-1", "-map_chapters", "-1")
"""No place, no name of the phone."""
LIGHT = ("-vf", "scale=-2:'min(240,ih)'", "-c:v", "libx264", "-preset", "veryfast", "-crf", "30",
         "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "48k", "-ac", "1",
         "-movflags", "+faststart")  # fmt: skip
MAIN = ("-vf", "scale=-2:'min(720,ih)'", "-c:v", "libx264", "-preset", "veryfast", "-crf", "25",
        "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart")  # fmt: skip
VOICE = ("-vn", "-c:a", "aac", "-b:a", "64k", "-ac", "1", "-movflags", "+faststart")
POSTER = ("-frames:v", "1", "-vf", "thumbnail=25,scale='min(640,iw)':-2")


class WrongRecording(Exception):  # noqa: N818 - it says what is wrong with what was sent.
    """A file that is neither a video nor a sound that can be read."""


@dataclass(frozen=True)
class Recording:
    """What a file holds: ``seconds`` long, with a picture, with a sound, and its size in pixels."""

    seconds: int
    has_picture: bool
    has_sound: bool
    width: int | None
    height: int | None


def look(path: Path) -> Recording:
    """What the file holds. Raises WrongRecording when it is no recording."""
    said = _said(path)
    has_picture, has_sound = bool(_PICTURE_STREAM.search(said)), bool(_SOUND_STREAM.search(said))
    long = _DURATION.search(said)
    if has_sound and not long:
        # A browser writes the beginning before it knows the end: go there and see.
        long = _REACHED.match(_said(path, "-c", "copy", "-f", "null", "-"))
    if not long or not (has_picture or has_sound):
        raise WrongRecording(path)
    hours, minutes, seconds = map(int, long.groups())
    size = _SIZE.search(said) if has_picture else None
    return Recording(
        seconds=max(1, hours * 3600 + minutes * 60 + seconds),
        has_picture=has_picture,
        has_sound=has_sound,
        width=int(size[1]) if size else None,
        height=int(size[2]) if size else None,
    )


def _said(path: Path, *options: str) -> str:
    """What ffmpeg says of a file."""
    try:
        return subprocess.run(  # noqa: S603 (our own command)
            [_ffmpeg(), "-hide_banner", *_ALONE, "-i", str(path), *options],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LOOK_SECONDS,
            check=False,
        ).stderr
    except subprocess.TimeoutExpired as late:
        raise WrongRecording(path) from late


def convert(
    source: Path,
    target: Path,
    options: tuple[str, ...],
    *,
    seconds: int = 0,
    told: Callable[[float], None] = lambda part: None,
) -> None:
    """Write ``target`` from ``source``; ``told`` hears which part of it is done, from 0 to 1.

    Raises WrongRecording when ffmpeg cannot read it to the end.
    """
    command = [
        _ffmpeg(), "-hide_banner", "-loglevel", "error", "-nostats", "-progress", "pipe:1", "-y",
        *_ALONE, "-i", str(source), *NO_TRACE, *options, str(target),
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout  # noqa: S101 (asked for above)
        for line in process.stdout:
            if seconds and (done := _DONE.match(line)):
                told(min(1.0, int(done[1]) / 1_000_000 / seconds))
    if process.returncode or not target.exists() or not target.stat().st_size:
        raise WrongRecording(source)


_ALONE = ("-nostdin", "-protocol_whitelist", "file")
"""A file that names other files or addresses gets none of them."""


def _ffmpeg() -> str:
    return imageio_ffmpeg.get_ffmpeg_exe()


UNREADABLE = _("Cet enregistrement ne s’ouvre pas jusqu’au bout. Envoyez-en un autre.")
