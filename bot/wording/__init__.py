"""Holds the few words that several areas share; each has its own in its `words`."""
