"""Lets properties take the time they need: a busy machine makes no rule wrong."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
