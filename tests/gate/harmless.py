"""Harmless edits: a scene may be told and drawn so as well, and the check must say nothing of it."""

from __future__ import annotations

from tests.gate.edit import Edit, Kind


def _harmless(name: str, scene: str, file: str, *changes: tuple[str, str]) -> Edit:
    return Edit(name, Kind.HARMLESS, scene, file, changes)


HARMLESS = (
    _harmless(
        "other words",
        "gradient/fog",
        "scenes/gradient/fog.py",
        ("You can see your own boots. Not much more.", "You can see your boots. You see little else."),
    ),
    _harmless(
        "another colour of the theme, throughout",
        "gradient/step-size",
        "scenes/gradient/step_size.py",
        ('"too-big": theme.too_big', '"too-big": theme.guess'),
    ),
    _harmless(
        "larger hikers",
        "gradient/step-size",
        "scenes/gradient/step_size.py",
        ("coat=colours[label], size=1.25)", "coat=colours[label], size=1.4)"),
    ),
    _harmless(
        "a longer pause",
        "gradient/optimising",
        "scenes/gradient/optimising.py",
        ("self.wait(0.6)", "self.wait(1.2)"),
    ),
    _harmless(
        "a shorter table",
        "gradient/zero-grad",
        "scenes/gradient/zero_grad.py",
        ("self._table(never, rows=4)", "self._table(never, rows=3)"),
    ),
    _harmless(
        "longer arrows, all of them",
        "gradient/slope",
        "scenes/gradient/slope.py",
        ("NEAR, FAR = 2.4, 1.1", "NEAR, FAR = 2.6, 1.2"),
    ),
    _harmless(
        "a mark of another name",
        "gradient/slope",
        "scenes/gradient/slope.py",
        ("is the [down]way down.", "is the [below]way down."),
        ('line.reach("down", ', 'line.reach("below", '),
    ),
    _harmless(
        "other words about the walks",
        "explore/walks",
        "scenes/explore/the_walks.py",
        (
            "hikers, from the same spot. Only the learning rate differs.",
            "hikers set out from one spot, each at a pace.",
        ),
    ),
    _harmless(
        "smaller curves",
        "explore/walks",
        "scenes/explore/explore_scene.py",
        ("Curves(party.runs, party.colours, (2.9, 1.05))", "Curves(party.runs, party.colours, (2.7, 1.0))"),
    ),
    _harmless(
        "a slower walk",
        "explore/zero-grad",
        "scenes/explore/the_walks.py",
        ("WALKING = 6.0", "WALKING = 7.5"),
    ),
    _harmless(
        "smaller footprints",
        "explore/walks",
        "scenes/explore/party.py",
        ("colour=colour, prints=0.034)", "colour=colour, prints=0.03)"),
    ),
    _harmless(
        "a narrower plot",
        "explore/curves",
        "scenes/explore/the_curves.py",
        ("Curves(runs, colours, (6.4, 3.6))", "Curves(runs, colours, (6.0, 3.4))"),
    ),
)
