"""Albums: the strips that were accepted, by film and scene, and what has changed since."""

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

    A scene is called by its film and its own name, ``gradient/fog``: scenes of two films may have the same name.

    Attributes
    ----------
    folder
        Where they are kept: a folder a film, in it a folder a scene, a JPEG a strip.
    failed
        Where side-by-sides go of what has changed, in folders likewise.
    """

    folder: Path
    failed: Path

    def changed(self, scene: str, strips: Sequence[Strip]) -> list[str]:
        """What does not look as it did in a scene: a line for each strip, which names the picture that shows it."""
        lines = []
        for old in (self.failed / scene).glob("*.png"):
            old.unlink()
        for strip in strips:
            page = self.failed / scene / f"{strip.name}.png"
            if line := self._changed(scene, strip, page):
                lines.append(f"{scene}, {strip.name}: {line}")
        for file in self._of_no_beat(scene, strips):
            lines.append(f"{scene}, {file.stem}: the scene has no such beat, and {file} is kept of it")
        return lines

    def accept(self, scene: str, strips: Sequence[Strip]) -> None:
        """Keep the strips of a scene, and no others of it.

        What looks the same stays as it is, to the byte: so a change shows what has changed, on any machine.
        """
        for file in self._of_no_beat(scene, strips):
            file.unlink()
        for strip in strips:
            file = self._file(scene, strip)
            file.parent.mkdir(parents=True, exist_ok=True)
            if not file.exists() or _frames_differ(file, strip) or _differences(file, strip):
                file.write_bytes(strip.packed)

    def of_no_scene(self, scenes: Iterable[str]) -> list[Path]:
        """The strips of scenes that there are no more."""
        known = set(scenes)
        return sorted(file for file in self.folder.rglob("*.jpg") if self._scene(file) not in known)

    def _file(self, scene: str, strip: Strip) -> Path:
        return self.folder / scene / f"{strip.name}.jpg"

    def _scene(self, file: Path) -> str:
        return file.parent.relative_to(self.folder).as_posix()

    def _of_no_beat(self, scene: str, strips: Sequence[Strip]) -> list[Path]:
        names = {strip.name for strip in strips}
        return sorted(file for file in (self.folder / scene).glob("*.jpg") if file.stem not in names)

    def _changed(self, scene: str, strip: Strip, page: Path) -> str:
        """What has changed in a strip, in words; or nothing."""
        file = self._file(scene, strip)
        if not file.exists():
            return "no frames of it were accepted yet"
        if _frames_differ(file, strip):
            return f"has {len(strip.labels)} frames, and {len(unpacked(file.read_bytes()))} were accepted"
        if differences := _differences(file, strip):
            side_by_side.write(page, f"{scene}, {strip.name}", differences)
            worst = max(differences, key=lambda difference: difference.likeness.worst)
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
    return [difference for difference in every if difference.likeness.worst > 1]
