"""What is seen: scenes that draw what `descent_core` recorded."""
