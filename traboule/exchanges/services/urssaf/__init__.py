"""Urssaf, spoken to: declaring for a household (Cesu), asking for its tax credit at once."""
