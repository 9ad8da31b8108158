"""What meetings print: the agenda with its slip, the minutes, the essential, the year."""
