"""One text to many: e-mail, SMS, letters and a poster; who asked for it, and the archive."""
