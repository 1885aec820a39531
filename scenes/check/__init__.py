"""Checks: what a machine can say of a film by watching it. True, legible, in rhythm."""
