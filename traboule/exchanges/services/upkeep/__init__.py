"""What happens by itself, by subject. Safe to repeat."""
