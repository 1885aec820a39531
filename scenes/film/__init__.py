"""From scenes to files: takes, the cut that joins them, captions, contact sheets."""
