"""The fog: how thick it is where, its drifting banks, and the sea that it is when it sinks."""
