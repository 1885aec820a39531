"""Tensors of rank 1 to 3 as lattices of beads in a dark room, with light along what torch recorded."""
