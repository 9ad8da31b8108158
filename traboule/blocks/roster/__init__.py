"""Who sits in a group: colleges, functions, terms, parity, and drawing by lot."""
