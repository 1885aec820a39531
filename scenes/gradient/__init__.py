"""Part 4, The Gradient: one file a beat, named for what the viewer sees."""
