"""Scene 7: the whole lattice. Cold light rises, one number lights up; warm light falls, and nine bars are the blame."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, Create, Indicate, VGroup, linear

from descent_core.catalogue.passengers.manifest import COLUMNS, manifest, row_of
from descent_core.catalogue.tensors import PERSON
from scenes.parts.dials.turn_arrow import TurnArrow
from scenes.parts.panels.bars import Bars
from scenes.parts.radio import Knob
from scenes.parts.words import plate, set_on_baseline, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.naming import set_names
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.tensors.people import AFAR, AMONG, FEET, HER, TOP, WIDE, column_names, lattice_of_people, moved
from scenes.theme import slowing, theme

#: How high the knobs stand, and their names; from where bars rise or hang above them, and how high the longest is.
KNOBS, NAMES, FLOOR, HEIGHT = -1.45, -2.1, -0.5, 2.3
#: How much of the lattice is left behind the bars.
BEHIND = 0.3


class EverybodyAtOnce(ExplainerScene):
    """Up with a prediction, down with the blame, for 2,201 people at once."""

    def construct(self) -> None:
        run, beads = self.run("lattice"), self.run("beads")
        lattice = lattice_of_people(run, beads)
        lattice.set_look(**WIDE)
        people = sourced(len(manifest().fates), "how many people the manifest has")

        count = words(f"{people:,} people  ·  {run.dimensions} knobs", theme.label)
        count = plate(count).to_corner(UP + LEFT, buff=theme.margin)
        knobs = VGroup(
            *(
                Knob(angle, radius=0.25).move_to([x, KNOBS, 0])
                for angle, (x, *_) in zip(run.coeffs[0], FEET, strict=True)
            )
        )

        # Nine knobs, everybody, one number.
        self.beat("nine knobs")
        with self.say(
            f"Now for everybody. {people:,} rows of beads. [knobs]{in_words(run.dimensions).capitalize()} "
            "knobs below, and a thread from every bead to its own. And high above, [top]one number."
        ) as line:
            self.open(lattice)
            until = line.until("knobs", shows=(lattice, knobs, count))
            self.play(lattice.change_look(turn=-6, run_time=until, rate_func=linear))
            until = line.until("top", shows=lattice)
            self.play(
                lattice.change_look(**moved(AFAR), threads=0.8, lit=0.75, run_time=until, rate_func=slowing),
                fade_in(count).set_run_time(theme.enter),
                fade_in(knobs).set_run_time(theme.enter),
            )
            self.play(lattice.change_look(threads=1, turn=4, run_time=line.left, rate_func=slowing))

        # Cold light rises.
        self.beat("cold light")
        score = plate(words(f"{run.losses[0]:.2f}", theme.heading, theme.loss, mono=True, weight="BOLD"))
        score.next_to(TOP, RIGHT, buff=theme.room + 0.4).shift(DOWN * 0.28)
        crowd = words(self._shrunk(), theme.label)
        shrunk = plate(crowd).next_to(count, DOWN, buff=theme.near).align_to(count, LEFT)
        with self.say(
            "[cold]Cold light goes up. Each number, [shrunk]shrunk to at most one, times its knob. Added up, row by "
            "row: a guess about every person. And the one number at the top is the average miss: "
            f"[miss]{run.losses[0]:.2f}."
        ) as line:
            line.reach("cold", shows=lattice)
            lattice.set_look(cold=0.07)
            before = line.until("shrunk", shows=shrunk)
            part = before / line.until("miss", shows=score)
            self.play(
                lattice.change_look(cold=0.07 + 0.93 * part, lit=0.75 - 0.4 * part, turn=4 + 12 * part),
                run_time=before,
                rate_func=linear,
            )
            self.play(
                fade_in(shrunk).set_run_time(theme.enter),
                lattice.change_look(cold=1, lit=0.35, turn=16, run_time=line.until("miss"), rate_func=linear),
            )
            self.play(fade_in(score, LEFT * theme.drift), lattice.change_look(turn=18), run_time=theme.enter)
            self.play(lattice.change_look(turn=21, rate_func=linear, run_time=line.left))

        # Warm light falls.
        self.beat("warm light")
        dark = sourced(int((manifest().columns == 0).sum()), "the noughts of the manifest")
        call = words("loss.backward()", theme.body, theme.text, mono=True, weight="SEMIBOLD")
        call = plate(call).to_corner(UP + LEFT, buff=theme.margin)
        unlit = plate(words(f"{dark:,} beads stay dark", theme.label))
        unlit.next_to(call, DOWN, buff=theme.near).align_to(call, LEFT)
        with self.say(
            "Now run it [back]backward. Warm light comes down, and passes only where there wasn't a nought. "
            f"[dark]{dark:,} beads are noughts, and stay dark."
        ) as line:
            self.play(fade_out(count), fade_out(shrunk), run_time=min(theme.leave, line.until("back")))
            line.reach("back", shows=lattice)
            lattice.set_look(warm=0.07)
            until = line.until("dark", shows=(lattice, unlit))
            self.play(
                fade_in(call).set_run_time(theme.enter),
                lattice.change_look(warm=0.52, lit=0.12, rate_func=linear, run_time=until),
                lattice.change_look(turn=34, rate_func=linear, run_time=until),
            )
            # Down among them: some carry the light, and some do not.
            self.play(
                lattice.change_look(**lattice.aim(HER), **AMONG, lit=0.5, run_time=2.6, rate_func=slowing),
                fade_out(knobs).set_run_time(theme.leave),
                fade_in(unlit).set_run_time(theme.enter),
            )
            self.play(lattice.change_look(turn=89, distance=20, rate_func=linear, run_time=max(line.left, 1.6)))

        # What arrives: the gradient, a bar for each coefficient.
        self.beat("the blame")
        bars = Bars(run.slopes[0], [foot[0] for foot in FEET], height=HEIGHT, y=FLOOR)
        names = VGroup(
            *(
                set_on_baseline(set_names(words(name, theme.small, theme.text), knob).match_x(knob), name, NAMES)
                for name, knob in zip(column_names(), knobs, strict=True)
            )
        )
        name = plate(words("coeffs.grad", theme.body, theme.uphill, mono=True, weight="SEMIBOLD"))
        name.to_corner(UP + RIGHT, buff=theme.margin)
        up, down = (bars.bars[COLUMNS.index(column)] for column in ("male", "female"))
        hardly = names[COLUMNS.index("child")]  # its bar is a hair
        ways = [TurnArrow(knobs[place], run.slopes[0, place]) for place in map(COLUMNS.index, ("male", "female"))]
        with self.say(
            "And what arrives, down at the knobs? "
            f"[bars]{in_words(run.dimensions).capitalize()} bars, one for each. [up]Up: turn that knob down. "
            "[down]Down: turn it up. [child]Child: hardly. That's [grad]coeffs.grad: the gradient, for everybody. In a "
            "single sweep."
        ) as line:
            # First back to where the knobs are seen; then the light comes down to them.
            self.play(
                lattice.change_look(**{**moved(AFAR), "turn": 45.0}, below=1, run_time=1.2, rate_func=slowing),
                fade_out(unlit).set_run_time(theme.leave),
                fade_in(knobs).set_run_time(theme.enter),
            )
            self.play(
                lattice.change_look(warm=1, turn=48, rate_func=linear),
                run_time=max(line.until("bars", shows=bars), 1.2),
            )
            self.add(bars)
            self.play(bars.grow(run_time=1.0), lattice.come(BEHIND).set_run_time(1.0), fade_in(names))
            for mark, bar, way in (("up", up, ways[0]), ("down", down, ways[1]), ("child", hardly, None)):
                line.reach(mark, shows=bar)
                lit = Indicate(bar, scale_factor=1.12, color=theme.accent)
                self.play(lit, *([Create(way)] if way else []), run_time=0.9)
            line.reach("grad", shows=name)
            self.play(fade_in(name), lattice.change_look(turn=50, rate_func=linear), run_time=theme.enter)
            self.play(lattice.change_look(turn=54, rate_func=linear, run_time=line.left + 0.4))
        self.close()

    def _shrunk(self) -> str:
        """What becomes of the largest of her numbers."""
        hers, most = row_of(PERSON)[-1], manifest().largest[-1]
        return (
            f"crowd  {sourced(round(hers), 'the last number of her row'):,} ÷ "
            f"{sourced(round(most), 'the largest number of its column'):,}"
            f" = {sourced(hers / most, 'her crowd, shrunk'):.2f}"
        )
