"""Albums: the strips that were accepted, a folder a scene, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.golden import side_by_side
from tests.golden.likeness import likeness
from tests.golden.side_by_side import Difference
from tests.golden.strips import Strip, unpacked


@dataclass(frozen=True)
class Album:
    """Accepted strips.

    Attributes
    ----------
    folder
        Where they are kept: a folder a scene, a JPEG a strip.
    failed
        Where side-by-sides go of what has changed, a folder a scene too.
    """

    folder: Path
    failed: Path

    def changed(self, slug: str, strips: Sequence[Strip]) -> list[str]:
        """What does not look as it did in a scene: a line for each strip, which names the picture that shows it."""
        lines = []
        for old in (self.failed / slug).glob("*.png"):
            old.unlink()
        for strip in strips:
            page = self.failed / slug / f"{strip.name}.png"
            if line := self._changed(slug, strip, page):
                lines.append(f"{slug}, {strip.name}: {line}")
        for file in self._of_no_beat(slug, strips):
            lines.append(f"{slug}, {file.stem}: the scene has no such beat, and {file} is kept of it")
        return lines

    def accept(self, slug: str, strips: Sequence[Strip]) -> None:
        """Keep the strips of a scene, and no others of it.

        What looks the same stays as it is, to the byte: so a change shows what has changed, on any machine.
        """
        for file in self._of_no_beat(slug, strips):
            file.unlink()
        for strip in strips:
            file = self._file(slug, strip)
            file.parent.mkdir(parents=True, exist_ok=True)
            if not file.exists() or _frames_differ(file, strip) or _differences(file, strip):
                file.write_bytes(strip.packed)

    def of_no_scene(self, slugs: Iterable[str]) -> list[Path]:
        """The strips of scenes that there are no more."""
        known = set(slugs)
        return sorted(file for file in self.folder.glob("*/*.jpg") if file.parent.name not in known)

    def _file(self, slug: str, strip: Strip) -> Path:
        return self.folder / slug / f"{strip.name}.jpg"

    def _of_no_beat(self, slug: str, strips: Sequence[Strip]) -> list[Path]:
        names = {strip.name for strip in strips}
        return sorted(file for file in (self.folder / slug).glob("*.jpg") if file.stem not in names)

    def _changed(self, slug: str, strip: Strip, page: Path) -> str:
        """What has changed in a strip, in words; or nothing."""
        file = self._file(slug, strip)
        if not file.exists():
            return "no frames of it were accepted yet"
        if _frames_differ(file, strip):
            return f"has {len(strip.labels)} frames, and {len(unpacked(file.read_bytes()))} were accepted"
        if differences := _differences(file, strip):
            side_by_side.write(page, f"{slug}, {strip.name}", differences)
            worst = max(differences, key=lambda one: one.likeness.worst)
            return f"{worst.label}: {worst.likeness}. Side by side: {page}"
        return ""


def _frames_differ(file: Path, strip: Strip) -> bool:
    """Whether it has another number of frames than were accepted."""
    return len(unpacked(file.read_bytes())) != len(strip.labels)


def _differences(file: Path, strip: Strip) -> list[Difference]:
    """The frames of a strip that do not look as they did."""
    kept = file.read_bytes()
    if kept == strip.packed:
        return []
    pairs = zip(strip.labels, unpacked(kept), unpacked(strip.packed), strict=True)
    every = [Difference(label, before, now, likeness(before, now)) for label, before, now in pairs]
    return [one for one in every if one.likeness.worst > 1]
