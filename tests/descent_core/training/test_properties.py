"""Properties that hold for any quadratic, any learning rate and any file, not only for those of the film."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from descent_core import Landscape, Trajectory, record
from descent_core.catalogue.gradient import bowl
from descent_core.errors import RecordingError
from descent_core.recordings.archive import pack, unpack
from descent_core.recordings.listing import Listing

Array = NDArray[np.float64]

READERS = (Trajectory, Landscape, Listing)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside, max_size=3),
    max_leaves=6,
)


@st.composite
def quadratics(draw: st.DrawFn, least: float) -> tuple[Array, Array, Array]:
    """Its curvatures, the directions of them, and its centre."""
    dimensions = draw(st.integers(1, 4))
    curvatures = np.array(draw(st.lists(st.floats(least, 10), min_size=dimensions, max_size=dimensions)))
    turned, _ = np.linalg.qr(np.random.default_rng(draw(st.integers(0, 99))).normal(size=(dimensions, dimensions)))
    centre = np.array(draw(st.lists(st.floats(-5, 5), min_size=dimensions, max_size=dimensions)))
    return curvatures, turned, centre


def walked(quadratic: tuple[Array, Array, Array], start: Array, lr: float, steps: int) -> Trajectory:
    curvatures, turned, centre = quadratic
    matrix, middle = torch.tensor(turned @ np.diag(curvatures) @ turned.T), torch.tensor(centre)
    return record(lambda c: 0.5 * (c - middle) @ matrix @ (c - middle), start, lr=lr, steps=steps)


@given(quadratic=quadratics(least=-10), lr=st.floats(1e-4, 3), steps=st.integers(1, 20))
@settings(deadline=None, max_examples=80)
def test_along_each_direction_of_curvature_a_quadratic_walks_on_its_own(
    quadratic: tuple[Array, Array, Array], lr: float, steps: int
) -> None:
    curvatures, turned, centre = quadratic
    start = centre + turned @ np.linspace(1, 2, len(centre))
    walk = walked(quadratic, start, lr, steps)
    factors = np.power(1 - lr * curvatures, np.arange(walk.steps + 1)[:, None])
    theory = centre + (np.linspace(1, 2, len(centre)) * factors) @ turned.T
    # Rounding in one direction leaks into the others, and grows there as the fastest grows.
    room = 1e-12 * (1 + np.abs(centre).max()) * np.maximum.accumulate(np.abs(factors).max(axis=1)) * 50
    assert (np.abs(walk.coeffs - theory).max(axis=1) <= room + 1e-9 * np.abs(theory).max(axis=1)).all()
    here = walk.coeffs - centre
    matrix = turned @ np.diag(curvatures) @ turned.T
    np.testing.assert_allclose(walk.slopes, here @ matrix, rtol=1e-8, atol=1e-9)
    assert (walk.grads == walk.slopes[:-1]).all()


@given(quadratic=quadratics(least=0.05), share=st.floats(0.02, 2))
@settings(deadline=None, max_examples=80)
def test_any_bowl_is_left_exactly_above_two_over_its_largest_curvature(
    quadratic: tuple[Array, Array, Array], share: float
) -> None:
    assume(abs(share - 1) > 0.05)
    curvatures, turned, centre = quadratic
    steepest = turned[:, np.argmax(curvatures)]
    walk = walked(quadratic, centre + steepest, lr=share * 2 / curvatures.max(), steps=60)
    assert (walk.outcome == "diverged") == (share > 1)
    if share < 1:
        assert (np.diff(walk.losses) <= 1e-12 * walk.losses[0]).all()


@given(
    heights=arrays.arrays(np.float64, (4, 3), elements=st.floats(-1e6, 1e6)),
    slopes=arrays.arrays(np.float64, (4, 3, 2), elements=st.floats(-1e6, 1e6)),
    meta=st.dictionaries(st.text(max_size=8), JSON, max_size=3),
)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_landscape_survives_the_file(tmp_path: Path, heights: Array, slopes: Array, meta: dict) -> None:
    ground = Landscape(np.arange(4.0), np.arange(3.0), heights, slopes, 0.25)
    again = Landscape.load(ground.save(tmp_path / "ground.npz"))
    for name in ("xs", "ys", "heights", "slopes"):
        assert getattr(again, name).tobytes() == getattr(ground, name).tobytes()
    assert again.error == ground.error


@cache
def whole(reader: type) -> bytes:
    """A whole file of a kind."""
    folder = Path(mkdtemp())
    walk = record(bowl(1.0), [1.0, 2.0], lr=0.1, steps=3)
    ground = Landscape.sample(bowl(1.0), (-1, 1), (-1, 1), (4, 4))
    listing = Listing("halve", ("def halve(x):", "    return x / 2"), {1: "2"}, {})
    files = {
        Trajectory: walk.save(folder / "walk.npz"),
        Landscape: ground.save(folder / "ground.npz"),
        Listing: listing.save(folder / "listing.json", {}),
    }
    content = files[reader].read_bytes()
    rmtree(folder)
    return content


def opened(reader: type, path: Path) -> bool:
    """Whether ``path`` is taken for whole, not refused by name; any other fault is raised."""
    try:
        reader.load(path)  # type: ignore[attr-defined]
    except RecordingError as error:
        return str(path) not in str(error)
    return True


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@given(content=st.binary(max_size=400))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_one_clear_error(reader: type, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bytes.npz"
    for head in (b"", b"PK\x03\x04", b"PK\x05\x06"):
        path.write_bytes(head + content)
        assert not opened(reader, path)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@given(data=st.data())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_refused_or_unharmed(reader: type, tmp_path: Path, data: st.DataObject) -> None:
    path, content = tmp_path / "damaged", bytearray(whole(reader))
    places = data.draw(st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=4))
    for place, value in places:
        content[place] = value
    path.write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))]))
    opened(reader, path)


@pytest.mark.parametrize("reader", [Trajectory, Landscape], ids=lambda reader: reader.__name__)
@given(data=st.data())
@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_that_is_sealed_but_absurd_is_refused_or_opened(
    reader: type, tmp_path: Path, data: st.DataObject
) -> None:
    """Whoever writes the file may seal it too: a true seal on false content must not get any further."""
    path = tmp_path / "absurd.npz"
    with np.load(BytesIO(whole(reader)), allow_pickle=False) as kept:
        entries = {name: kept[name] for name in kept.files if name not in ("header", "seal")}
        kind = str(kept["header"])
    header = json.loads(kind)
    for name in data.draw(st.lists(st.sampled_from([*header, "other"]), max_size=3)):
        if name not in ("kind", "format"):
            header[name] = data.draw(JSON)
    for name in data.draw(st.lists(st.sampled_from(sorted(entries) or ["none"]), max_size=2)):
        shape = data.draw(arrays.array_shapes(min_dims=0, max_dims=3, max_side=4, min_side=0))
        dtype = data.draw(st.sampled_from([np.float64, np.int8, np.complex64, "U3", "S2", "M8[s]", bool]))
        entries[name] = np.zeros(shape, dtype)
    path.write_bytes(pack(header, entries))
    opened(reader, path)


@given(content=JSON)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_absurd_listing_is_refused_or_opened(tmp_path: Path, content: object) -> None:
    path = tmp_path / "listing.json"
    listing = {"kind": "descent-listing", "recipe": {}, "name": "f", "lines": [], "values": {}, "printed": {}}
    for name in listing:
        path.write_text(json.dumps({**listing, name: content}))
        opened(Listing, path)
    path.write_text("[" * 100_000)
    assert not opened(Listing, path)


def test_unpack_reads_what_pack_wrote(tmp_path: Path) -> None:
    path = tmp_path / "packed.npz"
    path.write_bytes(pack({"kind": "k", "format": 1}, {"x": np.arange(3.0)}))
    header, kept = unpack(path, kind="k", versions=(1,), names=("x",))
    assert header == {"kind": "k", "format": 1}
    assert (kept["x"] == np.arange(3.0)).all()
