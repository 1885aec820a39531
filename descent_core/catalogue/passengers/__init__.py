"""The passengers of part 5: who they were, what a machine says of them, and the loop by which it learns from them."""
