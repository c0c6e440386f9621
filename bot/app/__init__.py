"""Puts the parts together: nothing else names the concrete ones."""


class CannotStart(Exception):
    """The bot cannot start; the message says why and what to do."""
