"""A small OpenID Connect provider of its own, which knows one person, for the tests to visit."""
