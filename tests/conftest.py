"""Brings what many tests stand on."""

pytest_plugins = ["tests.databases", "tests.chatting"]
