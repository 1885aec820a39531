"""Take: one scene, rendered to files of its own. Data only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenes.narration.cues import CueSheet
from scenes.part import SceneRef

if TYPE_CHECKING:  # a silent take does not hang on how sounds are noted
    from scenes.production.sound.scene_sounds import SceneSounds


@dataclass(frozen=True)
class Take:
    """A rendered scene.

    Attributes
    ----------
    path, cues
        Its film, and what is said in it.
    recordings
        Those that it shows: SHA-256 by file name.
    numbers
        Those that it shows and says, with their sources: see `scenes.stage.number_sources.NumberSources.entries`.
    sounds
        What is heard of it beside its words; ``None`` where nobody speaks.
    made_from
        The digest of its `scenes.production.takes.key.TakeKey`, of a take that was kept; none if that is not sure.
    """

    ref: SceneRef
    path: Path
    cues: CueSheet
    recordings: Mapping[str, str] = field(default_factory=dict)
    numbers: Sequence[Mapping[str, Any]] = ()
    sounds: SceneSounds | None = None
    made_from: str = ""

    @property
    def still(self) -> Path:
        """Its still, the picture before it fades out, beside its film."""
        return self.path.with_suffix(".jpg")

    @property
    def sound(self) -> Path:
        """What is said in it, as it is heard, beside its film; there is no such file where nobody speaks."""
        return self.path.with_suffix(".m4a")

    @property
    def full_sound(self) -> Path:
        """What is said over the sounds of the scene, likewise."""
        return self.path.with_name(f"{self.path.stem}-full.m4a")
