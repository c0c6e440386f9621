"""Words what is said of people."""
