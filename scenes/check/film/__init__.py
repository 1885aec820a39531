"""The finished film, measured: pictures on their words, sound on its cues, in what a viewer is given."""
