"""What documents print."""
