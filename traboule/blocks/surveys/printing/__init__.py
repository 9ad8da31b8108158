"""Surveys on paper: the form, what came out, codes to hand out."""
