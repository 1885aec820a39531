"""Stage parts that show a slope: compasses, what they hold, and which way to turn."""
