"""Languages: what narration and captions know of one, as data. Another is another file like ``en.py``."""
