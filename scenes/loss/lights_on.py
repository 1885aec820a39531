"""Scene 9: the lights go on. Rings are contour lines, and contour lines are a landscape."""

from __future__ import annotations

from manim import UP, LaggedStart, ScaleInPlace, linear

from scenes.engine.terrain.fog.fog import Fog
from scenes.loss import PART
from scenes.loss.looks import AT_THE_BOARD, come
from scenes.loss.shots import ABOVE, RIM, STEEP, TO_THE_LIGHT
from scenes.outline import OUTLINES, outline
from scenes.parts.clock import Clock
from scenes.parts.darts.contours import ContourRings
from scenes.parts.darts.rings import RoundTrail
from scenes.parts.darts.room import DartRoom, RoomLook
from scenes.parts.darts.thrown import Round
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.panels.series_cards import series_cards
from scenes.parts.progress import Progress
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from scenes.stage.transitions import Curtain, fade_in
from scenes.theme import slowing, theme

#: The scores of the rings.
LEVELS = (10, 20, 35, 50, 70, 90, 110)


class LightsOn(ExplainerScene):
    """The board was there all along. Seen from above, its rings are the contour lines of the loss."""

    def construct(self) -> None:
        run = self.run("darts")
        room, darts = DartRoom(RoomLook(lamp=0.5)), Round(Progress(run, run.steps))
        trail = RoundTrail(darts.progress, theme.trail, strength=0.0, radius=0.7)
        room.darts.append(darts)
        room.rings.append(trail)

        # The lights go on.
        self.beat("lights on")
        with self.say("And now, back in our dark room. Ready? [on]Lights on.") as line:
            self.open(room)
            self.play(room.fade(trail, to=0.85, run_time=line.until("on", shows=room)))
            self.play(room.change_look(spot=1.0, ambient=0.05, lamp=0.0, run_time=0.5))
        with self.say(
            "There's the bull. And there's your trail, round by round, right into it. You never saw it once."
        ) as line:
            there = vars(AT_THE_BOARD)
            whole = line.left
            self.play(room.change_look(**there, run_time=0.58 * whole))
            # And back, until there is room for rings.
            self.play(room.change_look(x=14.0, y=158.0, span=36.0, run_time=0.42 * whole))

        # Rings of one score each.
        self.beat("rings")
        landscape = self.landscape("dartboard")
        mountain = Mountain(landscape, ABOVE, Fog(0.0, sight=1.0, soft=1.6), contour=0, scale=STEEP)
        rings = ContourRings(landscape, run.coeffs[-1], LEVELS, room, mountain)
        with self.say(
            "Now draw [rings]rings. Anywhere on one, you'd hear the same score. Farther out, a higher one."
        ) as line:
            line.reach("rings", shows=rings[0])
            rings.refresh()
            self.play(
                LaggedStart(*(fade_in(ring).set_rate_func(slowing) for ring in rings), lag_ratio=0.6),
                run_time=line.left,
            )
            self.add(rings)

        # Contour lines: the score as height.
        self.beat("contour lines")
        cabin = Cabin(mountain, run.coeffs[-1], size=1.1)
        cabin.lit.set_value(0)  # nobody sees yet that somebody lives there
        mountain.lights.append(lambda: cabin.door)
        way = Trail(run, mountain)
        with self.say(
            "You know rings like that from a [map]map: contour lines. So let the score be the [height]height."
        ) as line:
            mountain.set_opacity(0.0)
            self.add(mountain, rings)
            until = line.until("map")
            self.play(room.fade(trail, run_time=until), room.change_look(spot=0.6, run_time=until, rate_func=linear))
            self.play(
                come(mountain, 1.6),
                rings.lifted.animate(rate_func=theme.ease, run_time=1.6).set_value(1.0),
            )
            self.remove(room)
            self.add(mountain, way, rings)
            self.play(fade_in(way), run_time=max(line.until("height", shows=mountain), 0.2))
            self.play(mountain.move_to_shot(RIM, run_time=2.2))

        # A valley, and home is at the bottom.
        self.beat("a valley")
        gradient = constant(outline("gradient").number, "its place in the series", equals=outline("gradient").number)
        with self.say(
            f"{in_words(run.dimensions).capitalize()} knobs make a map. The loss makes it a [valley]valley. Learning "
            f"is walking down. You'll meet it again in part {gradient}, in the [fog]fog."
        ) as line:
            self.play(mountain.orbit(8, run_time=line.until("valley")))
            self.play(fade_in(cabin), cabin.lit.animate(rate_func=theme.ease).set_value(1.0), run_time=0.5)
            self.add(cabin.smoke)
            self.play(mountain.move_to_shot(TO_THE_LIGHT, run_time=line.until("fog")))
            self.play(mountain.orbit(6, run_time=2.2), mountain.change_fog(density=0.8, run_time=2.2))

        # Next: the knobs.
        self.beat("next: the knobs")
        self.add(clock := Clock())
        row = series_cards(OUTLINES, PART.slug, clock).move_to(UP * centre_above_captions())
        here = constant(PART.number, "its place in the series", equals=outline(PART.slug).number)
        dim = Curtain(theme.dim)
        with self.say(
            f"That was part {here}: the [loss]loss. Next, what you turn: weights and biases, the [knobs]knobs. "
            "Stay tuned."
        ) as line:
            self.freeze(mountain, cabin, cabin.smoke, way, rings)
            self.play(fade_in(dim), LaggedStart(*(fade_in(card) for card in row), lag_ratio=0.2), run_time=1.2)
            line.reach("loss", shows=row[1])
            self.play(ScaleInPlace(row[1], 1.06, rate_func=theme.ease), run_time=0.5)
            line.reach("knobs", shows=row[2])
            self.play(ScaleInPlace(row[2], 1.06, rate_func=theme.ease), run_time=0.5)
        self.close()
