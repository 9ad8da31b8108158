"""Dates that come back, and the days off of France."""
