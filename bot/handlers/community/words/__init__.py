"""Words what is said of the community."""
