"""What appears on stage: the recurring characters of the films, each usable in any scene."""
