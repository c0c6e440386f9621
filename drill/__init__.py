"""Kills, suspends and starves the bot, and counts what its platforms were told."""
