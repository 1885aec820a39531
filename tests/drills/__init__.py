"""Fault drills: the program is killed at random moments, and must come out with the undisturbed film."""
