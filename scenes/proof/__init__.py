"""Proof: what a machine can say of a film by looking at it. True, legible, in rhythm."""
