"""The words of what people are told."""
