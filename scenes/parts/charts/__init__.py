"""Stage parts that show very many numbers at once."""
