"""The command line. Each command is light until it runs: torch and manim are imported inside."""
