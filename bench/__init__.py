"""Measures what was promised of speed and memory."""
