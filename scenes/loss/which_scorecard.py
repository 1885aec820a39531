"""Scene 7: which scorecard? A slipped dart, two ways to count it; and hits, which lead nowhere."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from manim import DOWN, LEFT, UP, Arrow, Create, Line, VGroup, config
from numpy.typing import ArrayLike

from descent_core.catalogue.darts.throw import BULL, SHAKES, SLIPPED_SHAKES, landing
from descent_core.recordings.trajectory import Trajectory
from scenes.engine.terrain.fog.fog import Fog
from scenes.loss.looks import IN_THE_WALL, LAMPLIT, come
from scenes.loss.shots import PLAIN, TERRACED
from scenes.parts.darts.aim_grid import AimGrid
from scenes.parts.darts.rings import spot
from scenes.parts.darts.room import DartRoom
from scenes.parts.darts.thrown import Round, Thrown
from scenes.parts.ground.mountain import Mountain
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.progress import Progress
from scenes.parts.question import Question
from scenes.parts.words import plate, set_on_baseline, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.naming import set_amount, set_points_at, tells
from scenes.stage.number_sources import in_words, note_source
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import slowing, theme

#: Close to the bull, with room for two groups of darts.
CLOSE = {"x": 64.0, "y": 145.5, "span": 4.2, "size": 0.62, "lamp": 0.0}
#: An aim that hits nothing, in degrees.
ASIDE = (6.5, 7.0)


class WhichScorecard(ExplainerScene):
    """Distances shrug at a slipped dart, squares can't let go of it, and hits give no slope at all."""

    def construct(self) -> None:
        distance, squared = self.run("slip-absolute"), self.run("slip-squared")
        good = self.run("good-aim")
        room = DartRoom(LAMPLIT)
        bull = spot(BULL, theme.text, radius=0.9)
        others, slip = Thrown(good.coeffs[:1] + np.array(SHAKES[1:])), Thrown(good.coeffs[:1] + SLIPPED_SHAKES[0])
        others.fraction, others.seen, slip.seen = 1.0, IN_THE_WALL, 0.0
        room.darts.extend([others, slip])
        room.rings.append(bull)
        count = constant(len(SHAKES), "darts of a round", equals=20)
        rest = constant(len(SHAKES) - 1, "the darts that don't slip", equals=len(SLIPPED_SHAKES) - 1)

        # A dart slips.
        self.beat("a dart slips")
        with self.say(
            f"So which scorecard is right? Say your aim's good, but one of your {in_words(count)} darts [slips]slips, "
            "far off."
        ) as line:
            self.open(room)
            self.play(room.fade(slip, to=1.0, run_time=line.until("slips", shows=room)), room.change_look(lamp=0.7))
            self.play(room.throw(slip, 0.7))
        question = Question().move_to([0.2, 1.9, 0])
        self.ask(question, "Distances or squares: which score can't let go of that dart?")

        # Distances shrug.
        self.beat("distances shrug")
        one = self._group(distance, theme.right)
        near = tells(self._label("distances", distance, theme.right, -1.1), one)
        slipped = self._pointer(room, slip)
        with self.say(
            f"Distances [shrug]shrug. The other {in_words(rest)} hardly move: [off]{self._off(distance):.1f} "
            "centimeters off."
        ) as line:
            self.play(
                fade_out(question),
                room.change_look(**(CLOSE | {"span": 5.4}), run_time=line.until("shrug")),
                room.change(lambda part: setattr(bull, "wide", 0.9 - 0.65 * part), 0.3),
                run_time=line.until("shrug"),
            )
            room.darts.append(one)
            # The eye comes nearer still, until it is said how far off they are.
            nearer = line.until("off", shows=near)
            self.play(
                room.change_look(span=CLOSE["span"], run_time=nearer),
                room.fade(one, to=1.0, run_time=0.5),
                room.fade(others, slip, run_time=0.5),
                fade_in(slipped, LEFT * theme.drift),
            )
            self.enter(near)

        # Squares can't let go.
        self.beat("squares can't let go")
        pulled = Progress(squared)
        two = Round(pulled, SHAKES[1:], theme.too_big, hops=False)
        two.seen, two.shine = 0.0, 0.3
        set_amount(two, partial(self._from_bull, two), within=0.06)
        ruler = Line(room.place(*BULL), room.place(*self._centre(squared)), color=theme.too_big, stroke_width=6)
        far = self._label("squares", squared, theme.too_big, 0.6)
        tells(far, two, set_amount(ruler, lambda: room.centimetres(ruler), within=0.06))
        with self.say(
            "Squares can't let go. To bring that one dart nearer the bull, they push your whole hand the [other]other "
            "way: "
            f"[far]{self._off(squared):.1f} centimeters."
        ) as line:
            room.darts.append(two)
            # As it was recorded, round after round: from the good aim toward the dart that has slipped.
            until = line.until("other", shows=ruler)
            self.play(
                room.fade(one, to=0.4, run_time=1.0),
                room.fade(two, to=1.0, run_time=1.0),
                pulled.to(0.2, run_time=until),
            )
            self.play(
                pulled.to(10, run_time=line.until("far", shows=far), rate_func=slowing),
                Create(ruler, rate_func=slowing),
                run_time=line.until("far"),
            )
            pulled.clock.set_value(squared.steps)  # from there on no dart goes a millimetre farther
            self.enter(far, run_time=0.5)

        # Hits only: flat ground.
        self.beat("only counting hits")
        # Of nothing but snow without dents, and with straight lines on it: it shall be seen to be flat.
        snow = theme.material.snow
        even = replace(theme.material, roughness=0.0, drifts=0.0, snow_line=0.0, rock=snow, scree=snow)
        even = replace(even, ground=tuple(snow for _ in even.ground))
        counted = self.landscape("counted-hits")
        plain = Mountain(counted, PLAIN, Fog(0.0), contour=0, scale=TERRACED, material=even)
        plain.keep_clear(good.coeffs[0], radius=np.inf)
        grid = AimGrid(plain)
        most = self._missed(plain, ASIDE, len(SHAKES), " missed")
        least = self._missed(plain, good.coeffs[0], 0)
        with self.say(
            "And just counting hits? A point for each [misses]miss: a plain, with a [hole]hole in it. Turn "
            "a knob: nothing changes."
        ) as line:
            plain.set_opacity(0.0)
            self.add(plain)
            self.play(
                *(fade_out(thing) for thing in (near, far, ruler, slipped)),
                come(plain, 0.9),
                fade_in(grid).set_run_time(0.9),  # it follows nothing meanwhile: the eye rests
            )
            self.remove(room)
            self.play(plain.orbit(4, dolly=0.05, run_time=line.until("misses", shows=most)))
            self.play(fade_in(most), plain.orbit(1, run_time=0.5), run_time=0.5)
            self.play(plain.orbit(1, run_time=line.until("hole", shows=least)))
            self.play(fade_in(least), plain.orbit(1, run_time=0.5), run_time=0.5)
            self.play(plain.orbit(5, dolly=0.1, run_time=line.left))

        # torch says so itself.
        self.beat("no gradient")
        code = self.listing("count-hits")
        panel = CodePanel(code, title="hits", size=26, width=7.6).move_to([0, 1.3, 0])
        index = code.line_of("print")
        told = code.printed[index].split(" and ")
        output = VGroup(
            *(
                words(
                    note_source(part, f"printed by line {index + 1} of count_hits"),
                    theme.label,
                    theme.uphill,
                    mono=True,
                )
                for part in (told[0], f"and {told[1]}")
            )
        ).arrange(DOWN, buff=theme.near, aligned_edge=LEFT)
        output = plate(output, colour=theme.panel, opacity=1).next_to(panel, DOWN, buff=theme.gap)
        bar = panel.bar("backward")
        self.play(fade_in(panel), fade_out(most), fade_out(least), plain.orbit(1, run_time=0.5), run_time=0.5)
        with self.say(
            "Try to go [back]backward, and PyTorch [refuses]refuses: a count has no slope. A good scorecard tells you "
            "when you're getting warmer."
        ) as line:
            line.reach("back", shows=bar)
            self.enter(bar, run_time=0.4)
            line.reach("refuses", shows=output)
            self.enter(output)
            # It is as flat wherever one stands.
            self.play(plain.orbit(8, run_time=line.left))
        self.close()

    @staticmethod
    def _missed(plain: Mountain, aim: ArrayLike, count: int, unit: str = "") -> VGroup:
        """How many of the darts miss that are thrown with an aim, at its place on the ground."""
        across, up = np.asarray(aim, dtype=float)
        told = constant(count, "darts that miss by an aim", equals=float(plain.landscape.height(across, up)))
        label = plate(words(f"{told}{unit}", theme.label, theme.loss, weight="SEMIBOLD"), pad=0.1)
        return label.add_updater(lambda label: label.move_to(plain.point(across, up)), call_updater=True)

    @staticmethod
    def _pointer(room: DartRoom, slip: Thrown) -> VGroup:
        """At the left edge: which way the dart lies that has slipped, now that the eye is too near to see it."""
        way = np.append(slip.landings()[0] - BULL, 0.0)
        tip = np.array([theme.margin - config.frame_width / 2, -0.45, 0.0])
        arrow = Arrow(tip - 1.3 * way / np.linalg.norm(way), tip, buff=0, stroke_width=6, color=theme.right)
        set_points_at(arrow, lambda: room.place(*slip.landings()[0]))
        name = words("the slipped dart", theme.label, theme.right).next_to(arrow, UP, buff=theme.gap)
        return VGroup(arrow, name.align_to(arrow, LEFT))

    def _group(self, run: Trajectory, colour: str) -> Thrown:
        """The darts that didn't slip, thrown where a run has ended; not seen yet."""
        darts = Thrown(np.asarray(run.coeffs[-1]) + np.array(SHAKES[1:]), colour)
        darts.fraction, darts.seen, darts.shine = 1.0, 0.0, 0.3
        return set_amount(darts, partial(self._from_bull, darts), within=0.06)

    @staticmethod
    def _from_bull(darts: Thrown) -> float:
        """How far off the bull the middle of some darts is, as they stick in the wall."""
        return float(np.linalg.norm(darts.landings().mean(axis=0) - BULL))

    def _centre(self, run: Trajectory) -> np.ndarray:
        """``(2,)``, the middle of these darts on the wall."""
        return np.asarray(landing(np.asarray(run.coeffs[-1]) + np.array(SHAKES[1:])).mean(axis=0))

    def _label(self, score: str, run: Trajectory, colour: str, aside: float) -> VGroup:
        """What counts, and how far off these darts are in the middle by it: below them, ``aside`` to the right."""
        x = float((self._centre(run)[0] - CLOSE["x"]) / CLOSE["span"]) + aside
        off = f"{self._off(run):.1f} cm"
        return VGroup(
            set_on_baseline(words(score, theme.body, colour, weight="SEMIBOLD"), score, -1.2).set_x(x),
            set_on_baseline(words(off, theme.heading, colour, weight="SEMIBOLD"), off, -1.85).set_x(x),
        )

    def _off(self, run: Trajectory) -> float:
        """How far that is from the bull."""
        return sourced(float(np.linalg.norm(self._centre(run) - BULL)), f"middle of the darts of {run.label}")
