"""Stand in for the platforms, on loopback, as strict as they are."""
