"""Sheets on their way out and in: open data, feeds, calendars, and files to import."""
