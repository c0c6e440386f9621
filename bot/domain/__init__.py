"""Holds what is done to things, whoever asks for it, and what follows from it."""
