"""Words what is said of hosting."""
