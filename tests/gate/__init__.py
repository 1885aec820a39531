"""Plants defects in scenes, one at a time, and counts how many of them ``descent check`` finds."""
