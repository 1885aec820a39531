"""The library of recordings: find one on disk, or make it and keep it.

A recording is kept with its recipe and with a fingerprint of the code that made it. Where either
has changed since, it is made again, so no film shows a run that the code would no longer give.
"""

from __future__ import annotations

import difflib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from descent_core.errors import DescentError, UnknownLabel
from descent_core.landscape import Landscape
from descent_core.listing import Listing
from descent_core.runs import LANDSCAPES, LISTINGS, RUNS
from descent_core.trajectory import Trajectory

#: The files whose text decides what a run gives.
_CODE = ("losses.py", "steps.py", "recorder.py", "guessing.py", "landscape.py", "listing.py")

#: Names a folder of recordings that are handed out before those of the library: see `handed`.
_HANDED = "DESCENT_HANDED"

#: One for each `watched` block that is open: file names and hashes of what was asked for in it.
_watchers: list[dict[str, str]] = []


def folder() -> Path:
    """Where recordings are kept: ``$DESCENT_RECORDINGS``, or ``recordings/`` beside the packages."""
    named = os.environ.get("DESCENT_RECORDINGS")
    return Path(named) if named else Path(__file__).resolve().parent.parent / "recordings"


def recording(label: str, *, anew: bool = False) -> Trajectory:
    """The recording of the run called ``label``; made, and kept, where there is none yet.

    Parameters
    ----------
    label
        A key of ``RUNS``.
    anew
        Make it even if there is one; replaces a damaged file.

    Raises
    ------
    UnknownLabel
        No run is called that. The message names the near ones.
    RecordingError
        The file on disk is damaged. It is left as it is.
    """
    given = _given(f"{label}.npz")
    if given is not None:
        return Trajectory.load(given)
    run = RUNS[known(label, RUNS, "run")]
    recipe = _stamped(run.recipe())
    path = folder() / f"{label}.npz"
    kept = None if anew or not path.exists() else Trajectory.load(path)
    if kept is None or kept.meta.get("recipe") != recipe:
        kept = _record(label, recipe)
        _keep(kept.save, path)
    _note(path)
    return kept


def landscape(label: str, *, anew: bool = False) -> Landscape:
    """The landscape called ``label``, a key of ``LANDSCAPES``; sampled where there is none yet."""
    given = _given(f"{label}.landscape.npz")
    if given is not None:
        return Landscape.load(given)
    ground = LANDSCAPES[known(label, LANDSCAPES, "landscape")]
    recipe = _stamped(ground.recipe())
    path = folder() / f"{label}.landscape.npz"
    kept = None if anew or not path.exists() else Landscape.load(path)
    if kept is None or kept.meta.get("recipe") != recipe:
        from descent_core.losses import make

        kept = Landscape.sample(make(ground.loss), ground.x, ground.y, ground.nodes, {"recipe": recipe})
        _keep(kept.save, path)
    _note(path)
    return kept


def listing(label: str, *, anew: bool = False) -> Listing:
    """The listing called ``label``, a key of ``LISTINGS``: code, and the values it had as it ran."""
    wanted = LISTINGS[known(label, LISTINGS, "listing")]
    recipe = _stamped(wanted)
    path = folder() / f"{label}.listing.json"
    kept, made_by = (None, None) if anew or not path.exists() else Listing.load(path)
    if kept is None or made_by != recipe:
        kept = _listen(wanted)
        _keep(partial(kept.save, recipe=recipe), path)
    _note(path)
    return kept


@contextmanager
def handed(recordings: Path) -> Iterator[None]:
    """Hand out the recordings of a folder by their file names in the block, here and in processes started in it.

    For recordings that are none of ``RUNS``: those of somebody's own loss. They are never made anew.

    >>> with handed(getfixture("tmp_path")):
    ...     recording("right").label  # the folder has none of that name
    'right'
    """
    before = os.environ.get(_HANDED)
    os.environ[_HANDED] = str(recordings.absolute())
    try:
        yield
    finally:
        if before is None:
            del os.environ[_HANDED]
        else:
            os.environ[_HANDED] = before


@contextmanager
def watched() -> Iterator[dict[str, str]]:
    """See what is asked for in the block: SHA-256 by file name, as the files were when they were handed out.

    A film that was drawn from them can so tell whether they are still the same.

    >>> with watched() as seen:
    ...     _ = recording("right")
    >>> list(seen)
    ['right.npz']
    """
    seen: dict[str, str] = {}
    _watchers.append(seen)
    try:
        yield seen
    finally:
        _watchers[:] = [other for other in _watchers if other is not seen]


def content(name: str) -> str | None:
    """SHA-256 of the file called ``name`` in the library; ``None`` if it is not there or cannot be read."""
    try:
        return hashlib.sha256((_handed(name) or folder() / name).read_bytes()).hexdigest()
    except OSError:
        return None


def known(label: str, names: Iterable[str], kind: str) -> str:
    """``label`` itself if it is one of ``names``; else an `UnknownLabel` that names the near ones."""
    every = list(names)
    if label in every:
        return label
    near = difflib.get_close_matches(label, every, n=3, cutoff=0.4)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(every)}."
    raise UnknownLabel(f"There is no {kind} called {label!r}. {hint}")


def _record(label: str, recipe: dict[str, Any]) -> Trajectory:
    import torch

    from descent_core.guessing import Guess
    from descent_core.losses import make
    from descent_core.recorder import record

    run = RUNS[label]
    optimizers = {None: None, "guess": partial(Guess, seed=run.seed)}
    return record(
        make(run.loss),
        torch.tensor(run.start, dtype=getattr(torch, run.dtype)),
        lr=run.lr,
        steps=run.steps,
        optimizer=optimizers[run.optimizer],
        zero_grad=run.zero_grad,
        label=label,
        seed=run.seed,
        meta={"recipe": recipe},
    )


def _listen(wanted: dict[str, Any]) -> Listing:
    import torch

    from descent_core import steps
    from descent_core.listing import watch
    from descent_core.losses import make

    function, loss = getattr(steps, wanted["function"]), make(wanted["loss"])
    if "lr" not in wanted:
        return watch(function, loss, wanted["start"], show=wanted["show"])
    coeffs = torch.tensor(wanted["start"]).requires_grad_()
    return watch(function, loss, coeffs, wanted["lr"], show=wanted["show"])


def _handed(name: str) -> Path | None:
    """The file of that name in the folder that was handed to us, if there is one."""
    named = os.environ.get(_HANDED)
    path = Path(named) / name if named else None
    return path if path is not None and path.is_file() else None


def _given(name: str) -> Path | None:
    """The same, and watchers are told of it."""
    path = _handed(name)
    if path is not None:
        _note(path)
    return path


def _note(path: Path) -> None:
    for seen in _watchers:
        if path.name not in seen and (now := content(path.name)):
            seen[path.name] = now


def _keep(save: Callable[[Path], Path], path: Path) -> None:
    try:
        save(path)
    except OSError as error:
        raise DescentError(
            f"Recordings cannot be kept in {path.parent}: {error.strerror}. "
            "Name another folder in the environment variable DESCENT_RECORDINGS."
        ) from None


def _stamped(recipe: dict[str, Any]) -> dict[str, Any]:
    return {**recipe, "code": _fingerprint(), "torch": version("torch")}


@cache
def _fingerprint() -> str:
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in _CODE)).hexdigest()[:16]
