"""What is seen: scenes that draw what `descent_core` recorded."""

from pathlib import Path

from descent_core.folders import use_writable_folders

# Before manim and numba are imported, which only modules below do.
use_writable_folders(Path(__file__).parent / "engine")
