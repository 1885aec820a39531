"""Files that change: looked at several times a second, and compared by what is in them."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path


class Changes:
    """All files of Python in some folders and in their packages.

    Parameters
    ----------
    folders
        Where to look.
    """

    def __init__(self, folders: Collection[Path]) -> None:
        self._folders = tuple(folders)
        self._seen: dict[str, tuple[int, int]] = {}
        self._content: dict[Path, bytes] = {}
        self._text: dict[Path, str] = {}
        self.found()

    def found(self) -> dict[Path, str]:
        """The files whose content is another than when this was asked last, each with its text before.

        A new one, or one that is gone, is among them.
        """
        changed: dict[Path, str] = {}
        now = dict(self._files())
        for name, stamp in now.items():
            if self._seen.get(name) == stamp:
                continue
            path = Path(name)
            try:
                content = path.read_bytes()
            except OSError:  # it is being replaced: the next look finds it
                now.pop(name, None)
                return changed
            digest = hashlib.sha256(content).digest()
            if self._content.get(path) != digest:
                changed[path] = self._text.get(path, "")
                self._content[path], self._text[path] = digest, content.decode("utf-8", "replace")
        for path in map(Path, self._seen.keys() - now.keys()):
            changed[path] = self._text.pop(path, "")
            self._content.pop(path, None)
        self._seen = now
        return changed

    def text(self, path: Path) -> str:
        """What is in a file, as it was seen last."""
        return self._text.get(path, "")

    def _files(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Each file, and what tells that it may have changed.

        In plain texts, and as few questions to the system as may be: an idle watcher asks this ten times a second.
        """
        waiting = [(str(folder), True) for folder in self._folders]
        while waiting:
            folder, asked_for = waiting.pop()
            try:
                with os.scandir(folder) as found:
                    entries = list(found)
            except OSError:  # it has gone meanwhile
                continue
            # A folder that is no package is nobody's to import, and may hold all that somebody has.
            if not asked_for and all(entry.name != "__init__.py" for entry in entries):
                continue
            for entry in entries:
                try:
                    if entry.name.endswith(".py") and not entry.name.startswith(".") and not entry.is_dir():
                        stat = entry.stat()
                        yield entry.path, (stat.st_mtime_ns, stat.st_size)
                    elif entry.is_dir():
                        waiting.append((entry.path, False))
                except OSError:
                    continue


#: How a beat begins, in the text of a scene: ours, and of a plain manim scene.
_BEAT = re.compile(r"\.(?:beat|next_section)\(\s*f?[\"']([^\"']+)[\"']")


def edited_beat(before: str, after: str, beats: Sequence[str]) -> str | None:
    """The beat in whose lines a text was changed first; None if that can't be told.

    >>> scene = ['self.beat("one")', "self.wait(1)", 'self.beat("two")', "self.wait(2)"]
    >>> edited_beat("\\n".join(scene), "\\n".join([*scene[:3], "self.wait(3)"]), ["one", "two"])
    'two'
    """
    old, new = before.splitlines(), after.splitlines()
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    # What is only taken away was there before the line that follows.
    ends = (to if kind == "delete" else to + 1 for kind, _, _, to, _ in blocks if kind != "equal")
    end = next(ends, 0)
    named = None
    for line in new[:end]:
        for name in _BEAT.findall(line):
            named = name if name in beats else named
    return named
