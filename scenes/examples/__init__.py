"""Examples of your own: each runs as it is, and a test runs it."""
