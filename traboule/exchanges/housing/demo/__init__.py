"""An exchange of homes to look at and to measure: people made up, communes real."""

from .filling import fill

__all__ = ["fill"]
