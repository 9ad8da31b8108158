"""The pages of a composition."""
