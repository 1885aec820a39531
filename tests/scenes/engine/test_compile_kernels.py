"""The set-up compiles all that a picture of a mountain needs."""

from __future__ import annotations

from descent_core.library import landscape
from scenes.engine.compile_kernels import compile_all
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.kernels import fog as fog_kernel
from scenes.engine.terrain.kernels import fog_sea, lamps, rays, scatter, shading, sight, sky, sunlight
from scenes.gradient.shots import WIDE
from scenes.parts.ground.mountain import Mountain


def compiled() -> dict[str, int]:
    loops = (
        *(rays.trace, shading.shade, rays.gaps, sight.clear),
        *(fog_kernel.draw_fog, fog_kernel.draw_clear, fog_kernel.draw_lit, fog_kernel.closing, fog_kernel.lies),
        *(fog_kernel.wisps, fog_kernel.stretch, sunlight.sunlit, sunlight.carved, sunlight.painted, sunlight.halved),
        *(fog_sea.sea, fog_sea.through),
        *(lamps.shine, lamps.widen, scatter.spaced, scatter.cast, scatter.draw, sky.ranges),
    )
    return {loop.__name__: len(loop.signatures) for loop in loops}


def test_a_mountain_in_the_fog_and_in_clear_air_needs_nothing_more() -> None:
    compile_all()
    before = compiled()
    for fog in (Fog(1.0), Fog(0.4), Fog(1.0, top=0.6), Fog(0.0)):
        mountain = Mountain(landscape("mountain"), WIDE, fog)
        mountain.lights.append(lambda: (0.0, 0.0))
        mountain.windows.append(lambda: (0.5, 0.0, 0.16))
        mountain.clarity(1.0, 1.0)
        mountain.in_view(1.0, 1.0)
        for _ in range(2):
            mountain.paint((160, 90))
    assert compiled() == before
    assert all(before.values())
