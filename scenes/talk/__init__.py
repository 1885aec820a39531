"""Talks: scenes as decks, each beat a click. `Deck` is for decks of your own; ``render.py talk`` makes them."""

from scenes.talk.deck import Deck

__all__ = ["Deck"]
