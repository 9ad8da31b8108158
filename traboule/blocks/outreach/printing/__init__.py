"""What outreach prints: call sheets, walk lists, letters, the activity of a year."""
