"""Benchmarks: `python -m tests.benchmarks`. They measure and write BENCHMARKS.md; they assert nothing."""
