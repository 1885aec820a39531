"""The library of recordings: finds one on disk, or makes it and keeps it.

A recording is kept with its recipe, which holds a fingerprint of the code that made it: its loss and the
training loop, and nothing of other recordings. Where the recipe has changed, the recording is made again, so
no film shows a run that the code would no longer give.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from descent_core.catalogue import catalogue, make_loss
from descent_core.catalogue.specs import Drawn, FatesSpec, GridSpec, ListingSpec, RunSpec
from descent_core.errors import DescentError
from descent_core.fingerprints import definition_text, fingerprint, function_text, module_text
from descent_core.folders import recordings_folder
from descent_core.making import SEARCH, make_listing, make_run
from descent_core.recordings.archive import Archived, read_header
from descent_core.recordings.fate_maps import FateMaps
from descent_core.recordings.landscape import Landscape
from descent_core.recordings.listing import Listing
from descent_core.recordings.run_grid import RunGrid
from descent_core.recordings.trajectory import Trajectory
from descent_core.suggestions import known

#: The modules whose text decides what a recording of each kind is, beside its loss.
_RUN_CODE = (
    "training.recorder",
    "training.update_rules",
    "training.evidence",
    "training.curvature",
    "training.chance",
    "recordings.evidence",
    "recordings.outcome",
    "recordings.walk_shape",
)
_SEARCH_CODE = ("training.random_search",)
_NAMED_CODE = ("training.named_optimizers",)
_DRAWN_CODE = ("training.initial_coefficients",)
_LANDSCAPE_CODE = ("recordings.landscape",)
_LISTING_CODE = ("recordings.listing",)
_GRID_CODE = ("training.run_grids", "recordings.run_grid", "recordings.fates")
_FATES_CODE = ("training.fate_maps", "training.batched_walks", "recordings.fate_maps")

#: The endings of the files of each kind, after the label.
_RUN, _LANDSCAPE, _LISTING, _GRID, _FATES = ".npz", ".landscape.npz", ".listing.json", ".grid.npz", ".fates.npz"

#: Names a folder whose recordings are used before those of the library: see `recordings_from`.
_OVERRIDE = "DESCENT_RECORDINGS_FROM"

#: One for each `tracked` block that is open: file names and hashes of what was read in it.
_trackers: list[dict[str, str]] = []


def labels() -> dict[str, tuple[str, ...]]:
    """The labels of all that can be recorded: of runs, landscapes, listings, grids of runs, and maps of fates."""
    every = catalogue()
    kinds = ("runs", "landscapes", "listings", "grids", "fates")
    return {kind: tuple(getattr(every, kind)) for kind in kinds}


def recording(label: str, *, anew: bool = False) -> Trajectory:
    """The recording of the run called ``label``; made, and kept, where there is no current one yet.

    Parameters
    ----------
    label
        A label of a run in the catalogue.
    anew
        Make it even if there is one; replaces a damaged file.

    Raises
    ------
    UnknownLabel
        No run is called that. The message names similar ones.
    RecordingError
        The file on disk is damaged. It is left as it is.
    """
    name = f"{label}{_RUN}"
    given = _overridden(name)
    if given is not None:
        return Trajectory.load(given)
    spec = catalogue().runs[known(label, catalogue().runs, "run")]
    return _kept(name, _run_recipe(spec), partial(make_run, label, spec), Trajectory.load, anew=anew)


def landscape(label: str, *, anew: bool = False) -> Landscape:
    """The landscape called ``label``; sampled where there is no current one yet. See `recording`."""
    name = f"{label}{_LANDSCAPE}"
    given = _overridden(name)
    if given is not None:
        return Landscape.load(given)
    spec = catalogue().landscapes[known(label, catalogue().landscapes, "landscape")]

    def sample(recipe: dict[str, Any]) -> Landscape:
        return Landscape.sample(make_loss(spec.loss), spec.x, spec.y, spec.nodes, {"recipe": recipe})

    return _kept(name, _stamped(spec.recipe(), spec.loss, _LANDSCAPE_CODE), sample, _loaded_landscape, anew=anew)


def _loaded_landscape(path: Path) -> Landscape:
    state = path.stat()
    return _landscape(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _landscape(path: Path, changed: int, size: int) -> Landscape:  # noqa: ARG001  # of a file that has changed, another
    """The landscape in a file: as long as it does not change the same object, so that it is drawn once for all."""
    return Landscape.load(path)


def listing(label: str, *, anew: bool = False) -> Listing:
    """The listing called ``label``: code, and the values that it had as it ran. See `recording`."""
    spec = catalogue().listings[known(label, catalogue().listings, "listing")]
    recipe = _listing_recipe(spec)
    path = recordings_folder() / f"{label}{_LISTING}"
    kept, made_by = (None, None) if anew or not path.exists() else Listing.load(path)
    if kept is None or made_by != recipe:
        kept = make_listing(spec)
        _write(partial(kept.save, recipe=recipe), path)
    _track(path)
    return kept


#: Is called with how much of a recording that takes long is made, and of how much.
ReportProgress = Callable[[int, int], object]


def grid(label: str, *, anew: bool = False, report: ReportProgress = lambda *_: None) -> RunGrid:
    """The grid of runs called ``label``; recorded where there is no current one yet. See `recording`."""
    name = f"{label}{_GRID}"
    given = _overridden(name)
    if given is not None:
        return RunGrid.load(given)
    spec = catalogue().grids[known(label, catalogue().grids, "grid of runs")]

    def make(recipe: dict[str, Any]) -> RunGrid:
        from descent_core.training.run_grids import record_grid

        return record_grid(
            make_loss(spec.loss), spec.starts, spec.lrs, steps=spec.steps, bounds=spec.bounds, home=spec.home,
            meta={"recipe": recipe}, report=report,
        )  # fmt: skip

    return _kept(name, _grid_recipe(spec), make, RunGrid.load, anew=anew)


def fate_maps(label: str, *, anew: bool = False, report: ReportProgress = lambda *_: None) -> FateMaps:
    """The maps of fates called ``label``; made where there are no current ones yet. See `recording`."""
    name = f"{label}{_FATES}"
    given = _overridden(name)
    if given is not None:
        return FateMaps.load(given)
    spec = catalogue().fates[known(label, catalogue().fates, "map of fates")]

    def make(recipe: dict[str, Any]) -> FateMaps:
        import numpy as np

        from descent_core.training.fate_maps import map_fates

        runs, beside = grid(spec.grid), catalogue().grids[spec.grid]
        xs, ys = (np.linspace(*edge, count) for edge, count in zip((beside.x, beside.y), spec.nodes, strict=True))
        return map_fates(
            make_loss(beside.loss), spec.lrs, xs, ys, steps=beside.steps, valleys=runs.valleys, bounds=beside.bounds,
            meta={"recipe": recipe}, report=report,
        )  # fmt: skip

    return _kept(name, _fates_recipe(spec), make, FateMaps.load, anew=anew)


Kept = TypeVar("Kept", bound=Archived)


def _kept(
    name: str, recipe: dict[str, Any], make: Callable[[dict[str, Any]], Kept], load: Callable[[Path], Kept], *,
    anew: bool,
) -> Kept:  # fmt: skip
    """What is in the file called ``name``: made first, with its recipe, where there is none that is current."""
    path = recordings_folder() / name
    if anew or not path.exists() or _stale(path, recipe):
        _write(make(recipe).save, path)
    found = load(path)
    _track(path)
    return found


@contextmanager
def recordings_from(folder: Path) -> Iterator[None]:
    """Use the recordings in a folder, by their file names, in the block and in processes that are started in it.

    For recordings that no catalogue has, such as those of a user's own loss. They are never made again.

    >>> with recordings_from(getfixture("tmp_path")):
    ...     recording("right").label  # the folder has none of that name
    'right'
    """
    before = os.environ.get(_OVERRIDE)
    os.environ[_OVERRIDE] = str(folder.absolute())
    try:
        yield
    finally:
        if before is None:
            del os.environ[_OVERRIDE]
        else:
            os.environ[_OVERRIDE] = before


@contextmanager
def tracked() -> Iterator[dict[str, str]]:
    """Keep a list of what is read in the block: SHA-256 by file name, as the files were then.

    A film that was drawn from them can so tell whether they are still the same.

    >>> with tracked() as read:
    ...     _ = recording("right")
    >>> list(read)
    ['right.npz']
    """
    read: dict[str, str] = {}
    _trackers.append(read)
    try:
        yield read
    finally:
        _trackers[:] = [other for other in _trackers if other is not read]


def current_hash(name: str) -> str | None:
    """SHA-256 of the file called ``name``; ``None`` if it cannot be read, or is not what the catalogue describes now.

    So a take that was drawn from a recording is stale as soon as the recording is, even before that is made again.
    """
    given = _override(name)
    if given is not None:
        return _sha256(given)
    path = recordings_folder() / name
    try:
        if name.endswith(_LISTING):
            spec = catalogue().listings[name.removesuffix(_LISTING)]
            current = json.loads(path.read_text("utf-8")).get("recipe") == _listing_recipe(spec)
        elif name.endswith(_LANDSCAPE):
            ground = catalogue().landscapes[name.removesuffix(_LANDSCAPE)]
            current = not _stale(path, _stamped(ground.recipe(), ground.loss, _LANDSCAPE_CODE))
        elif name.endswith(_GRID):
            current = not _stale(path, _grid_recipe(catalogue().grids[name.removesuffix(_GRID)]))
        elif name.endswith(_FATES):
            current = not _stale(path, _fates_recipe(catalogue().fates[name.removesuffix(_FATES)]))
        else:
            current = not _stale(path, _run_recipe(catalogue().runs[name.removesuffix(_RUN)]))
    except (KeyError, OSError, ValueError, AttributeError):  # no such label any more, or no such file
        return None
    return _sha256(path) if current else None


def _run_recipe(spec: RunSpec) -> dict[str, Any]:
    optimizer = () if spec.optimizer is None else _SEARCH_CODE if spec.optimizer == SEARCH else _NAMED_CODE
    return _stamped(spec.recipe(), spec.loss, _RUN_CODE + optimizer + _start_code(spec.start))


def _grid_recipe(spec: GridSpec) -> dict[str, Any]:
    return _stamped(spec.recipe(), spec.loss, _RUN_CODE + _GRID_CODE)


def _fates_recipe(spec: FatesSpec) -> dict[str, Any]:
    beside = _grid_recipe(catalogue().grids[known(spec.grid, catalogue().grids, "grid of runs")])
    return _stamped({**spec.recipe(), "beside": beside}, None, _FATES_CODE)


def _listing_recipe(spec: ListingSpec) -> dict[str, Any]:
    module, _, name = spec.function.partition(":")
    code = _LISTING_CODE + _start_code(spec.start)
    return _stamped(spec.recipe(), spec.loss, code, definition_text(module, name))


def _start_code(start: tuple[Any, ...] | Drawn) -> tuple[str, ...]:
    return _DRAWN_CODE if isinstance(start, Drawn) else ()


def _stamped(recipe: dict[str, Any], loss: str | None, modules: tuple[str, ...], *texts: str) -> dict[str, Any]:
    """A recipe with the code and the version of torch that make it."""
    losses = catalogue().losses
    code = [*texts] if loss is None else [function_text(losses[known(loss, losses, "loss")]), *texts]
    code += [module_text(f"descent_core.{module}") for module in modules]
    return {**recipe, "code": fingerprint(code), "torch": _torch_version()}


@cache
def _torch_version() -> str:
    """The version that is installed. Its metadata is a file to be parsed, and is asked for at each recording."""
    return version("torch")


def _stale(path: Path, recipe: dict[str, Any]) -> bool:
    """Whether a recording that can be read was made by another recipe."""
    header = read_header(path)
    return bool(header) and (header.get("meta") or {}).get("recipe") != recipe


def _override(name: str) -> Path | None:
    """The file of that name in the folder that `recordings_from` names, if there is one."""
    named = os.environ.get(_OVERRIDE)
    path = Path(named) / name if named else None
    return path if path is not None and path.is_file() else None


def _overridden(name: str) -> Path | None:
    """The same; its reading is tracked."""
    path = _override(name)
    if path is not None:
        _track(path)
    return path


def _track(path: Path) -> None:
    for read in _trackers:
        if path.name not in read and (content := _sha256(path)):
            read[path.name] = content


def _sha256(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _write(save: Callable[[Path], Path], path: Path) -> None:
    try:
        save(path)
    except OSError as error:
        raise DescentError(
            f"Recordings cannot be kept in {path.parent}: {error.strerror}. "
            "Name another folder in the environment variable DESCENT_RECORDINGS."
        ) from None
