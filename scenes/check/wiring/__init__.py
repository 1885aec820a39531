"""Checks of wiring: right parts with the right run, row and colour; who is who, and whose a number is."""
