"""What people answer to messages about homes, by a digit, on the web or by telephone."""
