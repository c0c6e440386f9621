"""Knows the kinds of option: each reads, completes, shows itself, and names its widget."""
