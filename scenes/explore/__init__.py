"""The film of your own loss: your mountain, the walks on it, and what became of each."""
