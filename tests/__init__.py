"""Holds the tests; they mirror the tree of what they test."""
