"""Defects in part 4 that somebody planted who had not read the check, and that it missed at first."""

from __future__ import annotations

from tests.gate.edit import Edit, Kind


def in_part_4(scene: str, name: str, kind: Kind, *changes: tuple[str, str], rules: tuple[str, ...] = ()) -> Edit:
    """An edit to a scene of part 4, in its own file."""
    file = {"next": "what_comes_next"}.get(scene, scene.replace("-", "_"))
    return Edit(name, kind, f"gradient/{scene}", f"scenes/gradient/{file}.py", changes, rules)


BY_STRANGERS = (
    in_part_4(
        "home",
        "a hiker whose light nobody hung up",
        Kind.DEPTH,
        ("        mountain.lights.append(walk.position)\n", ""),
        rules=("depth",),
    ),
    in_part_4(
        "optimising",
        "a curve that is charged too little",
        Kind.WHOLE,
        (
            "plot.curve([price * t for t in range(steer.steps + 1)], steer.losses, theme.steer, 9, a_row=price)",
            "plot.curve(range(steer.steps + 1), steer.losses, theme.steer, 9)",
        ),
    ),
    in_part_4(
        "step-size",
        "a walk without a trail",
        Kind.WHOLE,
        ('self.add(trails["too-big"], hikers["too-big"])', 'self.add(hikers["too-big"])'),
    ),
    in_part_4(
        "step-size",
        "a plot that leaves out what its legend names",
        Kind.WHOLE,
        (
            "LossCurve(*walks.values(), colours=list(colours.values()), size=CURVE)",
            "LossCurve(*list(walks.values())[:2], colours=list(colours.values())[:2], size=CURVE)",
        ),
    ),
    in_part_4(
        "step-size",
        "fewer steps than are said",
        Kind.WHOSE,
        ('walks["too-small"].to(small.steps, run_time', 'walks["too-small"].to(30, run_time'),
    ),
    in_part_4(
        "backward",
        "the slope of another knob",
        Kind.WHOSE,
        ("self._advice(knob, index, slope)", "self._advice(knob, index, first)"),
    ),
    in_part_4(
        "next",
        "a mountain over those who stand on it",
        Kind.DEPTH,
        ("self.open(mountain, cabin, cabin.smoke, hiker, ", "self.open(cabin, cabin.smoke, hiker, mountain, "),
    ),
)
