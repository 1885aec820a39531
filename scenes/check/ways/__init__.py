"""Checks of ways: up or down, clockwise or not, along arrows or against them, from tiny to giant."""
