"""Exchanges of homes: who fits where, the best set of cycles, and the proof that it is.

Reading a file is here; what computes loads a compiler (numba) and stands in rooms of its own, so
that a web process that solves nothing never pays for it: ``compatibility`` (moves that fit),
``cycles``, ``packing`` (the best set), ``parts`` (by territory), ``certificate`` (the proof).
"""

from .listings import Market, Problem, Unreadable, parse, read

__all__ = ["Market", "Problem", "Unreadable", "parse", "read"]
