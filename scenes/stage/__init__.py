"""The stage: the base class of all scenes, places in the frame, transitions, and where numbers come from."""
