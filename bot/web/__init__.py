"""What people read over HTTP."""
