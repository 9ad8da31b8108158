"""What is asked of those who write letters, and of those who want them."""
