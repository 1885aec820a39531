"""Training: gradient descent run by torch, observed step by step."""
