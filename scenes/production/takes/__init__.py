"""Takes: each scene rendered in a process of its own, and kept until something it depends on changes."""
