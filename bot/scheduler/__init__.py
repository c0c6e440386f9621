"""Sends what falls due."""
