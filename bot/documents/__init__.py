"""Renders documents and pictures from plain data."""
