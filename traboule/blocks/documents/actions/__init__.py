"""Putting documents on the shelves, and printed copies into hands."""
