"""Holds the steps that bring a database to the newest schema."""
