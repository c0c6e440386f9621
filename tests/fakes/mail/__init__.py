"""A mail server on loopback, which does what a test tells it."""
