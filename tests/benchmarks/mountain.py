"""How fast the mountain is drawn, beside manim's own `Surface` in the same run.

    python -m tests.benchmarks.mountain

One process, one thread. Ratios mean more than milliseconds: both sides ran on this machine, now.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import resource
import statistics
import time
from collections.abc import Callable, Iterator
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from manim import Surface, ThreeDCamera, tempconfig

from descent_core import recording
from descent_core.library import landscape
from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.scale import RELIEF
from scenes.gradient.shots import DESCENT, WIDE
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.walk import Walk
from scenes.theme import theme
from tests.benchmarks.rows import Row, print_rows

SIZES = {"480p": (854, 480), "1080p": (1920, 1080), "2160p": (3840, 2160)}


def seconds(work: Callable[[], Any], times: int) -> float:
    """The median of several runs."""
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        spent.append(time.perf_counter() - started)
    return statistics.median(spent)


def still_and_moving(size: tuple[int, int]) -> tuple[float, float]:
    """Seconds a frame with the eye at rest in the fog, and with the eye moving."""
    mountain = Mountain(landscape("mountain"), WIDE, Fog(1.0))
    walk = Walk(recording("right"), mountain)
    mountain.lights.append(walk.position)
    for _ in range(2):
        mountain.paint(size)  # bakes, then refines: paid once a shot

    def rest() -> None:
        mountain.clock += 1 / 30  # in a frame less than that later the fog would lie as it is
        mountain.paint(size)

    still = seconds(rest, 15)
    way = iter(np.linspace(0.05, 0.95, 9))

    def move() -> None:
        mountain.shot = WIDE.toward(DESCENT, float(next(way)))
        mountain.paint(size)

    return still, seconds(move, 7)


def surface(faces: int) -> float:
    """Seconds a frame of manim's own surface of the same ground."""
    ground = landscape("mountain")
    west, east, south, north = ground.bounds

    def point(x: float, y: float) -> Any:
        return np.array([x, y, float(ground.height(x, y)) * RELIEF])

    shape = Surface(point, u_range=(west, east), v_range=(south, north), resolution=(faces, faces))
    camera = ThreeDCamera(phi=1.0, theta=-1.5)

    def draw() -> None:
        camera.reset()
        camera.capture_mobjects([shape])

    return seconds(draw, 3 if faces < 100 else 1)


def rows() -> Iterator[Row]:
    """The baking, a frame with the eye at rest and moving at each size, and those at 1080p beside manim's surface."""
    with TemporaryDirectory() as folder, tempconfig({"pixel_width": 1920, "pixel_height": 1080, "media_dir": folder}):
        bake = seconds(lambda: BakedTerrain(landscape("mountain"), theme.material, RELIEF).ground_colour, 3)
        yield Row("baking a landscape, once", bake)
        frames = {}
        for name, size in SIZES.items():
            frames[name] = [1e3 * spent for spent in still_and_moving(size)]
            pixels = np.prod(size) / 1e6
            for eye, ours in zip(("still", "moving"), frames[name], strict=True):
                yield Row(f"{name}, eye {eye}", ours, "ms", note=f"{ours / pixels:.1f} ms a megapixel")
        yield Row("most memory of the process", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, "GB")
        for faces in (32, 128):
            theirs = surface(faces) * 1e3
            for eye, ours in zip(("still", "moving"), frames["1080p"], strict=True):
                yield Row(f"1080p, eye {eye}, beside manim", ours, "ms", f"Surface {faces} × {faces}", theirs)


if __name__ == "__main__":
    print_rows(rows())
