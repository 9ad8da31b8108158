"""Uploads under way, files that were kept, and who is seen on them."""

from .file import File, FileQuerySet, Kind, Seen, State
from .upload import Upload

__all__ = ["File", "FileQuerySet", "Kind", "Seen", "State", "Upload"]
