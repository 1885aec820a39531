"""The command line in a checkout: ``python render.py`` is the command ``descent``. See `scenes.cli.main`."""

from __future__ import annotations

from scenes.cli.main import cli, main

__all__ = ["cli", "main"]

if __name__ == "__main__":
    main()
