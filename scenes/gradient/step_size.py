"""Scene 4: the compass says which way, not how far. Three learning rates, one mountain."""

from __future__ import annotations

from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Mobject, VGroup, rush_from

from descent_core.recordings.trajectory import Trajectory
from scenes.engine.terrain.fog import Fog
from scenes.gradient.shots import BABY_STEPS, FARTHER
from scenes.parts.ground.arrow import ArrowRole, GroundArrow
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.bowl import Bowl
from scenes.parts.panels.loss_curve import LossCurve
from scenes.parts.words import legend, plate, set_on_baseline, swatch, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions, layout, set_above_captions
from scenes.stage.transitions import Curtain, fade_in, fade_out
from scenes.theme import theme

#: Size of the loss curves, in scene units.
CURVE = (3.4, 1.0)
#: Length of the arrow, in units of the coefficients, for a slope of 1.
ARROW = 2.4


class ThreeStepSizes(ExplainerScene):
    """Too small crawls, too big lands on another mountain, and one is right."""

    def construct(self) -> None:
        small, big, right = self.run("too-small"), self.run("too-big"), self.run("right")
        mountain = Mountain(self.landscape("mountain"), BABY_STEPS, Fog(1.0, sight=0.7, soft=1.7))
        colours = {"too-small": theme.too_small, "too-big": theme.too_big, "right": theme.right}
        walks = {label: Walk(run, mountain) for label, run in zip(colours, (small, big, right), strict=True)}
        hikers = {label: Hiker(walk=walk, coat=colours[label], size=1.25) for label, walk in walks.items()}
        trails = {label: Trail(walk, colour=colours[label]) for label, walk in walks.items()}
        curves = {
            label: set_above_captions(LossCurve(walk, colours=[colours[label]], size=CURVE)).set_x(layout().beside_dock)
            for label, walk in walks.items()
        }
        labels = {
            label: self._label(name, run, colours[label])
            for label, name, run in (
                ("too-small", "too small", small),
                ("too-big", "too big", big),
                ("right", "right", right),
            )
        }
        cabin = Cabin(mountain, right.coeffs[-1], size=1.2)
        mountain.lights.append(walks["too-small"].position)

        # Which way is known; how far is not.
        self.beat("how far?")
        self.open(mountain, cabin, hikers["too-small"])
        way = GroundArrow(
            mountain, walks["too-small"].position, lambda: -small.slopes[0] * ARROW, ArrowRole.DOWNHILL, width=0.05
        )
        banner, rule = self._rule()
        with self.say("The compass tells you the direction. It does not tell you how far to go."):
            self.add(way, hikers["too-small"])
            self.enter(way, toward=ORIGIN)
        with self.say(
            "That is up to you, and it has a [name]name: the step size, or [rate]learning rate. In code, lr."
        ) as line:
            line.reach("name", shows=(banner, rule[:2]))
            self.play(fade_in(banner), fade_in(rule[:2]), run_time=theme.enter)
            line.reach("rate", shows=rule[2])
            self.enter(rule[2])
            self.enter(rule[3:])

        # Too small.
        self.beat("too small")
        self.play(fade_out(way), fade_out(VGroup(banner, rule)), run_time=theme.leave)
        self.enter(labels["too-small"], curves["too-small"])
        self.add(trails["too-small"], hikers["too-small"])
        with self.say(
            f"Too small, and you take baby steps. {small.steps} of them, and this is how far you got. "
            "At this pace you will be on this mountain forever."
        ) as line:
            self.play(walks["too-small"].to(small.steps, run_time=line.share(0.8)))

        # Too big.
        self.beat("too big")
        mountain.lights.append(walks["too-big"].position)
        self.leave(labels["too-small"], curves["too-small"])
        with self.say("Too big, and you are leaping blind. The first leap goes down.") as line:
            self.play(mountain.move_to_shot(FARTHER), run_time=line.share(0.4))
            self.enter(labels["too-big"], curves["too-big"], hikers["too-big"])
            self.add(trails["too-big"], hikers["too-big"])
            self.play(walks["too-big"].to(1, run_time=line.share(0.35)))
        self.beat("over the valley")
        with self.say("The second carries you right over the valley, onto the slope on the other side.") as line:
            self.play(walks["too-big"].to(2, run_time=line.share(0.6)))
        self.beat("another mountain")
        with self.say(
            "And so you end up on a different mountain entirely. "
            f"The score stays at {big.losses[-1]:.2f}, and all the ground around you says that this is the bottom."
        ) as line:
            self.play(walks["too-big"].to(4, run_time=line.share(0.25)))
            self.play(walks["too-big"].to(big.steps, run_time=line.share(0.6), rate_func=rush_from))

        # Far too big, on a bowl.
        self.beat("far too big")
        bowl = Bowl(self.landscape("bowl"), self.run("far-too-big"), size=(7.6, 4.2)).move_to(
            UP * centre_above_captions()
        )
        dark = Curtain(theme.dim)
        self.freeze(mountain, cabin, *hikers.values(), *trails.values())
        self.play(fade_out(VGroup(labels["too-big"], curves["too-big"])), fade_in(dark), run_time=theme.enter)
        with self.say(
            "Worse still: a step that is far too big for a plain round bowl. Each one lands higher than the last, "
            "and nothing catches you. The walk diverges."
        ) as line:
            self.enter(bowl)
            self.play(bowl.walk_to_end(run_time=line.share(0.7)))

        # The right size.
        self.beat("just right")
        mountain.lights.append(walks["right"].position)
        self.leave(bowl, dark)
        self.unfreeze()
        self.enter(labels["right"], curves["right"], hikers["right"])
        self.add(trails["right"], hikers["right"])
        with self.say(
            "And in between there is a step that is right. Long strides where it is steep. Short ones where it "
            "levels out. And there is the light."
        ) as line:
            self.play(walks["right"].to(20, run_time=line.share(0.8)))
            line.shows(cabin)
            self.play(walks["right"].to(right.steps, run_time=line.share(0.15)))

        # All three, on one clear day.
        self.beat("all three")
        key = self._legend(colours, small, right, big)
        together = LossCurve(*walks.values(), colours=list(colours.values()), size=CURVE)
        set_above_captions(together).next_to(key, RIGHT, buff=theme.gap, coor_mask=[1, 0, 0])
        with self.say("Same mountain, same start, same compass. Only the learning rate was different.") as line:
            self.leave(labels["right"], curves["right"])
            self.play(
                mountain.change_fog(density=0.0, run_time=line.share(0.5)),
                fade_in(together),
                fade_in(key),
            )
            self.play(mountain.orbit(-8, run_time=line.left + 1.5))
        self.close()

    def _rule(self) -> tuple[Mobject, VGroup]:
        """The rule of a step in words, and the plate that it stands on."""
        terms = (
            ("step", theme.text),
            ("=", theme.quiet),
            ("learning rate", theme.text),
            ("×", theme.quiet),
            ("gradient", theme.downhill),
        )
        rule = VGroup(*(words(text, theme.heading, colour, weight="SEMIBOLD") for text, colour in terms))
        rule.arrange(RIGHT, buff=theme.gap)
        for term, (text, _) in zip(rule, terms, strict=True):
            if text.isalpha() or " " in text:
                set_on_baseline(term, text, rule.get_y() - 0.14)
        back, rule = set_above_captions(plate(rule, pad=0.4))
        return back, rule

    def _label(self, name: str, run: Trajectory, colour: str) -> VGroup:
        """The name of a run and its learning rate, on a plate in the lower left corner."""
        text = VGroup(
            swatch(name, colour, theme.heading, weight="BOLD", run=run),
            words(f"lr = {run.lr:g}", theme.body, theme.text, mono=True),
        ).arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        return set_above_captions(plate(text, pad=0.3).to_edge(LEFT, buff=theme.margin))

    def _legend(self, colours: dict[str, str], *runs: Trajectory) -> Mobject:
        """The three runs with their learning rates, on a plate in the lower left corner."""
        names = ("too small", "right", "too big")
        rows = [(f"{name},  lr {run.lr:g}", colours[run.label], run) for name, run in zip(names, runs, strict=True)]
        return set_above_captions(plate(legend(rows), pad=0.3).to_edge(LEFT, buff=theme.margin))
