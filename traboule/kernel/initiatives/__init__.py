"""Initiatives and their public sheets: the compendium that anyone reads, prints and adds to."""
