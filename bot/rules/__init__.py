"""Holds the pure decisions: from the state of things to what follows, without clock or database."""
