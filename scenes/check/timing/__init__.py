"""Checks of time: rhythm, and each picture on its word."""
