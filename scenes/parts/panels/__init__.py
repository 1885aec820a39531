"""Stage parts that are laid over the picture: plots, code, cards."""
