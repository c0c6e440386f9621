"""Holds the platforms, which know nothing of each other."""
