"""What changes contacts, their exchanges, messages and plans."""
