"""Defects of parts that show much at once: compasses that hold readings, walls, cairns, pins, small pictures."""

from __future__ import annotations

from tests.gate.edit import Edit, Kind
from tests.gate.planted_by_strangers import in_part_4


def _in_a_part(
    scene: str, part: str, name: str, kind: Kind, *changes: tuple[str, str], rules: tuple[str, ...] = ()
) -> Edit:
    return Edit(name, kind, f"gradient/{scene}", f"scenes/parts/{part}.py", changes, rules)


PARTS = (
    _in_a_part(
        "zero-grad",
        "dials/held_compass",
        "a compass that holds the reading of the step before",
        Kind.WHERE,
        ("        held = self._grads[row]\n", "        held = self._grads[max(row - 1, 0)]\n"),
        rules=("reading",),
    ),
    _in_a_part(
        "zero-grad",
        "dials/held_compass",
        "a compass that has lost an old reading",
        Kind.WHOLE,
        ("np.cumsum(self._slopes[: row + 1], axis=0)", "np.cumsum(self._slopes[1 : row + 1], axis=0)"),
        rules=("reading",),
    ),
    _in_a_part(
        "backward",
        "panels/slope_wall",
        "a wall of slopes on which all point up",
        Kind.WHOLE,
        ("high = self._values * ", "high = np.abs(self._values) * "),
        rules=("reading",),
    ),
    in_part_4(
        "backward",
        "a wall of coefficients for one of slopes",
        Kind.WHOSE,
        ("SlopeWall(many.slopes[0])", "SlopeWall(many.coeffs[0])"),
        rules=("field",),
    ),
    in_part_4(
        "backward",
        "cairns in the order of the way back",
        Kind.WHO,
        ('operations(code.values[code.line_of("loss = ")])', 'operations(code.values[code.line_of("loss = ")])[::-1]'),
        rules=("code",),
    ),
    in_part_4(
        "fog",
        "a pin beside the setting that the radio plays",
        Kind.WHERE,
        ("Pin(self.mountain, place)", "Pin(self.mountain, lambda: (place()[0] + 0.6, place()[1]))"),
        rules=("reading",),
    ),
    in_part_4(
        "fog",
        "the score of another row than the pin's",
        Kind.WHOSE,
        ("{hike.losses[walk.row]:.3f}", "{hike.losses[max(walk.row - 1, 0)]:.3f}"),
        rules=("reading",),
    ),
    in_part_4(
        "step-size",
        "the learning rate of the last ribbon, whichever comes",
        Kind.WHOSE,
        ("{ribbons.leading.lr:.3f}", "{ribbons.runs[-1].lr:.3f}"),
    ),
    in_part_4(
        "next",
        "the names of two small pictures exchanged",
        Kind.WHO,
        ('"the compass", recap.the_compass(', '"the stride", recap.the_compass('),
        ('"the stride", recap.the_stride(', '"the compass", recap.the_stride('),
    ),
)
