"""Whole trades between residents: each a block of its own, above the others."""
