"""Spaces: where an initiative runs here, with its people, its blocks and its recipe."""
