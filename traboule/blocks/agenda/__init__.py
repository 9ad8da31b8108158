"""The agenda: events, sign-ups, presence and date polls."""
