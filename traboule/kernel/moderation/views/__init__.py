"""The charter, the public log, the team’s queue, each decision, flags and trust."""
