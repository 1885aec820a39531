"""Benchmarks: `python -m tests.benchmarks.mountain`. They print; they assert nothing."""
