"""From slides to a file to speak with: html, pptx or pdf, by ``manim-slides convert``.

It is given a small JSON of our own; its class of scenes is not used. All that the html needs lies in
a folder beside it, reveal.js too, which comes with the package pyreveal: nothing is fetched, neither
now nor when the talk is held.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from descent_core.errors import DescentError
from scenes.talk.cover import Cover
from scenes.talk.cutting import cut_spans, last_picture
from scenes.talk.slides import Slide
from scenes.theme import theme

#: What can be made, by the ending of its file.
KINDS = ("html", "pptx", "pdf")
#: What the extra ``slides`` brings, as modules.
_NEEDED = ("manim_slides", "pyreveal", "pypdf")
#: The page of an html.
_TEMPLATE = Path(__file__).parent / "web" / "deck.html"
#: What the page of a bench is called, in the folder beside an html.
BENCH = "bench.html"
#: The parts of reveal.js that a talk needs, below ``dist``.
_REVEAL = ("reveal.css", "reveal.js", "plugin/notes.js")


class TalkError(DescentError):
    """A talk that cannot be made; the message says why, and what to type."""


#: manim-slides shows no bars, and reads and writes UTF-8 everywhere.
_SETTINGS = {"TQDM_DISABLE": "1", "PYTHONUTF8": "1"}
#: What the film of a slide is called: its place, its beat, and a hash of its content.
_PIECE = re.compile(r"\d+-.*-[0-9a-f]{8}\.mp4")


def require_packages() -> None:
    """See that everything is installed that makes talks.

    Raises
    ------
    TalkError
        Something is missing; the message says what to type.
    """
    missing = [name.replace("_", "-") for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise TalkError(
            f"Talks need {' and '.join(missing)}, which is not installed. "
            "Type: make setup (or pip install 'descent-films[slides]')."
        )


def convert(pages: Sequence[Slide | Cover], title: str, path: Path, bench: str = "") -> None:
    """Write the talk ``path``: its ending says of which kind. It appears when it is whole.

    Its first page is its cover. The last slide of an html is the page ``bench``, if there is one, to be tried by the
    speaker, or by whoever listens.

    Nobody else may be making one in its folder.

    An html has a folder beside it, ``NAME_files``, with all that it needs.
    """
    kind = path.suffix[1:]
    for left in path.parent.glob(f".{path.name}.*"):  # of a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as draft_name:
        draft = Path(draft_name)
        (draft / "pieces").mkdir()
        entries = [_entry(page, kind, draft / "pieces", index) for index, page in enumerate(pages)]
        first = pages[0]
        assert isinstance(first, Cover)
        if kind == "html" and bench:
            (draft / "files").mkdir()
            (draft / "files" / BENCH).write_text(bench, "utf-8")
        _run(kind, entries, first.picture.size, title, path, draft, bench=bool(bench))
        if kind == "pdf":
            _annotate(draft / path.name, pages, title)
        if kind == "html":
            _place_files(draft / "files", _beside(path))
            if not bench:  # of the talk that was here before
                (_beside(path) / BENCH).unlink(missing_ok=True)
        (draft / path.name).replace(path)
        if kind == "html":
            kept = {Path(str(entry["file"])).name for entry in entries}
            for left in _beside(path).iterdir():  # pieces of the talk that was here before
                if _PIECE.fullmatch(left.name) and left.name not in kept:
                    left.unlink()


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}_files")


def _entry(page: Slide | Cover, kind: str, folder: Path, index: int) -> dict[str, object]:
    """What manim-slides is told of a page, whose file is in ``folder``."""
    if isinstance(page, Cover):
        file = folder / ("cover.png" if index == 0 else f"cover-{index:02d}.png")
        page.picture.save(file)
        return {"file": str(file), "rev_file": str(file), "src": str(file)}
    file = (_picture if kind == "pdf" else _film)(page, folder, index)
    told = {"loop": page.loop, "notes": page.notes, "dedent_notes": False}
    return {"file": str(file), "rev_file": str(file), **told}


def _film(slide: Slide, folder: Path, index: int) -> Path:
    """The frames of a slide. Its name has a hash of the content too, so that an old talk never shows a new piece."""
    draft = folder / "piece.mp4"
    cut_spans(slide.spans, draft)
    with draft.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()[:8]
    name = re.sub(r"[^a-z0-9]+", "-", slide.beat.lower()).strip("-") or "beat"
    return draft.rename(folder / f"{index:02d}-{name}-{content}.mp4")


def _picture(slide: Slide, folder: Path, index: int) -> Path:
    """The picture that a slide rests on."""
    path = folder / f"{index:02d}.png"
    last_picture(slide).save(path)
    return path


def _run(
    kind: str,
    entries: Sequence[dict[str, object]],
    size: tuple[int, int],
    title: str,
    path: Path,
    draft: Path,
    *,
    bench: bool,
) -> None:
    """Have manim-slides make ``draft / path.name``."""
    (draft / "deck").mkdir()
    (draft / "deck" / "talk.json").write_text(json.dumps({"slides": entries, "resolution": size}), "utf-8")
    options = ["--to", kind, "--folder", str(draft / "deck")]
    if kind == "html":
        options += ["--use-template", str(_TEMPLATE), "-cassets_dir=files"]
        reveal = draft / "files" / "reveal"
        reveal.mkdir(parents=True)
        for name in _REVEAL:
            source = files("pyreveal") / "revealjs" / "dist" / name
            (reveal / Path(name).name).write_bytes(source.read_bytes())
    command = [sys.executable, "-m", "manim_slides", "convert", *options, "talk", str(draft / f"made.{kind}")]
    deck = {
        "DECK_TITLE": title,
        "DECK_FILES": _beside(path).name,
        "DECK_PAGE": theme.page,
        "DECK_TEXT": theme.text,
        "DECK_WIDTH": str(size[0]),
        "DECK_HEIGHT": str(size[1]),
        "DECK_BENCH": BENCH if bench else "",
    }
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **_SETTINGS, **deck})
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "it printed nothing").splitlines()[-1]
        raise TalkError(f"manim-slides could not make {path.name}: {last}")
    (draft / f"made.{kind}").replace(draft / path.name)


def _annotate(path: Path, pages: Sequence[Slide | Cover], title: str) -> None:
    """Give a pdf its title, an outline, and the notes as comments, which programs for speakers show beside a page."""
    from pypdf import PdfWriter
    from pypdf.annotations import Text

    pdf = PdfWriter(clone_from=path)
    pdf.add_metadata({"/Title": title})
    scene, part, chapter = "", None, None
    for page, slide in enumerate(pages):
        if isinstance(slide, Cover):
            cover = pdf.add_outline_item(title=slide.title, page_number=page)
            scene, part = "", cover if page else None
            continue
        if slide.scene != scene:
            scene, chapter = slide.scene, pdf.add_outline_item(title=slide.scene, page_number=page, parent=part)
        pdf.add_outline_item(title=slide.beat, page_number=page, parent=chapter)
        if slide.notes:
            # Beside the page, so that no sign for it lies on the picture.
            top = float(pdf.pages[page].mediabox.top)
            pdf.add_annotation(page, Text(rect=(-60, top - 20, -40, top), text=slide.notes))
    pdf.write(path)


def _place_files(made: Path, final: Path) -> None:
    """Move what an html needs into the folder beside it. New pieces have new names, so an old html keeps its own."""
    final.mkdir(exist_ok=True)
    (final / "reveal").mkdir(exist_ok=True)
    for path in (path for path in made.rglob("*") if path.is_file()):
        path.replace(final / path.relative_to(made))
    shutil.rmtree(made)
