"""Languages: what narration and captions know of one, as data. Another language is another file like `en`."""
