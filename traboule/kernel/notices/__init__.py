"""Telling a person something on their channel, and understanding what they answer."""
