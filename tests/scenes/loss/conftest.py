"""The scenes of the film, each played once for all tests."""

from __future__ import annotations

from scenes.loss import PART
from tests.scenes.played import played_once

played = played_once(PART)
