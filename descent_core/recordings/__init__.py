"""Recordings: what a run left behind, as immutable data in files. numpy only."""
