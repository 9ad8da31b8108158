"""What the exchange of homes does by itself, every quarter of an hour. Safe to repeat."""
