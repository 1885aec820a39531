"""Commands of the command line that have files of their own; each is light until it is called."""
