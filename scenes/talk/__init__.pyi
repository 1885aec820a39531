from .deck import Deck as Deck
from .write_deck import write_deck as write_deck
