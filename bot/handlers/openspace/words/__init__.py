"""Words what is said of open spaces."""
