"""A room with a dartboard, painted pixel by pixel: wall, board, light, darts."""
