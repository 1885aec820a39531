"""Views, pointers and rings: defects of the kinds that a fourth stranger planted in vain, and that are found now."""

from __future__ import annotations

from tests.gate.edit import Edit, Kind

FOURTH_STRANGER = (
    Edit(
        "an arrow that fades in where another shot had it",
        Kind.CONTINUITY,
        "gradient/slope",
        "scenes/gradient/slope.py",
        (
            (
                "self.play(fade_in(ahead).set_rate_func(slowing), run_time=theme.leave)",
                "self.play(FadeIn(ahead, rate_func=slowing), run_time=theme.leave)",
            ),
        ),
        rules=("jump",),
    ),
    Edit(
        "a card over a portrait",
        Kind.DEPTH,
        "tensors/labels",
        "scenes/tensors/labels.py",
        (
            (
                "self.open(behind, card[0], portrait, heading)",
                "self.open(behind, portrait, card[0], heading)",
            ),
        ),
        rules=("covered",),
    ),
    Edit(
        "a lock over its key",
        Kind.DEPTH,
        "training-loop/cough",
        "scenes/training_loop/cough.py",
        (
            (
                "            self.open(engine, card, epoch, key, table)\n",
                "            lid = card.copy().clear_updaters().stretch(2, 1).move_to(key)\n"
                "            self.open(engine, epoch, key, lid, card, table)\n",
            ),
        ),
        rules=("covered",),
    ),
    Edit(
        "fog that is gone at once",
        Kind.CONTINUITY,
        "explore/walks",
        "scenes/explore/the_walks.py",
        (("        self.play(mountain.change_fog(density=0.0, run_time=1.2))\n", "        mountain.fog = Fog(0.0)\n"),),
        rules=("jump",),
    ),
    Edit(
        "a sea that is far away at once",
        Kind.CONTINUITY,
        "training-loop/squeeze",
        "scenes/training_loop/squeeze.py",
        (
            (
                "            self.play(\n"
                "                lights.change_look(zoom=AFAR, x=-0.8, y=AFAR_HORIZON, "
                'run_time=line.until("girl", shows=(ring, label)))\n'
                "            )\n",
                "            lights.set_look(zoom=AFAR, x=-0.8, y=AFAR_HORIZON)\n"
                '            self.wait(line.until("girl", shows=(ring, label)))\n',
            ),
        ),
        rules=("jump",),
    ),
    Edit(
        "a land that is bright again at once",
        Kind.CONTINUITY,
        "gradient/next",
        "scenes/gradient/what_comes_next.py",
        (
            (
                "            self.play(fade_out(row), fade_out(dim), run_time=theme.leave)\n",
                "            self.play(fade_out(row), run_time=theme.leave)\n            self.remove(dim)\n",
            ),
        ),
        rules=("jump",),
    ),
    Edit(
        "a ring round a knob that is no longer jammed",
        Kind.WHOLE,
        "tensors/pause",
        "scenes/tensors/pause.py",
        (("for thing in (panel, turn, error, jam))", "for thing in (panel, turn, error))"),),
        rules=("ring",),
    ),
    Edit(
        "the next house's price beside each card",
        Kind.WHOSE,
        "knobs/weights",
        "scenes/knobs/weights.py",
        (("float(houses.price[k]))", "float(houses.price[k + 1]))"),),
        rules=("value",),
    ),
    Edit(
        "a radio that hisses on when it has left",
        Kind.WHOSE,
        "knobs/turn",
        "scenes/knobs/turn.py",
        (("        self.receive(None)\n", ""),),
        rules=("reading",),
    ),
    Edit(
        "misses that are laid down as long as they are aside",
        Kind.WHERE,
        "loss/twenty-misses",
        "scenes/loss/twenty_misses.py",
        (("lengths = np.linalg.norm(places - BULL, axis=1)", "lengths = np.abs(places - BULL)[:, 0]"),),
        rules=("value",),
    ),
    Edit(
        "a pointer that points away",
        Kind.WHERE,
        "loss/which-scorecard",
        "scenes/loss/which_scorecard.py",
        (
            (
                "Arrow(tip - 1.3 * way / np.linalg.norm(way), tip, buff=0",
                "Arrow(tip, tip - 1.3 * way / np.linalg.norm(way), buff=0",
            ),
        ),
        rules=("arrow",),
    ),
)
