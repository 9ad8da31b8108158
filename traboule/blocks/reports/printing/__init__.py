"""What reports print."""
