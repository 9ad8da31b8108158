"""The pages of letters: for those who write, for those who read."""
