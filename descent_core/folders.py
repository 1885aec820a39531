"""Where the project keeps what it can make again: recordings, takes and spoken lines.

``$DESCENT_CACHE`` names another folder for all of it, ``$DESCENT_RECORDINGS`` another one for recordings.
By default it is the user's cache folder of the operating system (`platformdirs`), so that an installed
package never writes beside its own code.
"""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path


def cache_folder() -> Path:
    """The folder below which everything is kept; not created here."""
    named = os.environ.get("DESCENT_CACHE")
    return Path(named) if named else user_cache_path("descent-films", appauthor=False)


def recordings_folder() -> Path:
    """The folder of recordings."""
    named = os.environ.get("DESCENT_RECORDINGS")
    return Path(named) if named else cache_folder() / "recordings"


def takes_folder() -> Path:
    """The folder of rendered scenes."""
    return cache_folder() / "takes"


def speech_folder() -> Path:
    """The folder of spoken lines."""
    return cache_folder() / "speech"
