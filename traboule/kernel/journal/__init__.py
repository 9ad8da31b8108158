"""The journal: who did what, for whom, to what; written once, never changed."""
