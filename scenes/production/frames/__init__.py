"""Frames read from takes: stills, contact sheets, moving pictures, cut-outs."""
