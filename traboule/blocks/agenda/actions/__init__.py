"""Changes to the agenda: each atomic, in the journal, and told to those concerned."""
