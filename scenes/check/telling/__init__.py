"""Checks of telling: what comes or is lit while a line is said is what its words name, on its word, in its order."""
