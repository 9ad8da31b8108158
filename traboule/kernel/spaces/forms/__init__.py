"""What people type about a space."""
