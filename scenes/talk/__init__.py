"""Talks: scenes as decks, each beat a click. `Deck` is for decks of your own, `write_deck` makes a talk of one."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
