"""Questions to many, answered on the web, by SMS, on paper or face to face."""
