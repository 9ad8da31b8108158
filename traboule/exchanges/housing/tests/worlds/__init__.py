"""What stands at each address, subject by subject."""
