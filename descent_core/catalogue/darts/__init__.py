"""The darts of part 2: how one flies, and the scorecards that films show."""
