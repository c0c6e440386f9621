"""Puts the parts together: nothing else names the concrete ones."""
