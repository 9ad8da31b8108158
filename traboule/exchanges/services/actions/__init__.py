"""What people do with services, by subject."""
