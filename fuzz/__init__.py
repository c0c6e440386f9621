"""Throws generated inputs at every way in, and counts what must not come of them."""
