"""What is asked of those who compose a group."""
