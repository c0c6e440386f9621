"""Words what is said of hosts and their turns."""
