"""Meetings of a group, from the agenda to approved minutes, and the year they make."""
