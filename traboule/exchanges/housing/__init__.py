"""Tenants of social landlords exchange their homes, two by two or several at once."""
