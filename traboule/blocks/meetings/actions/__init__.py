"""The acts of a meeting's life."""
