"""Production: what renders scenes and makes films of them."""
