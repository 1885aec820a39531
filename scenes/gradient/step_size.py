"""Beat 4: the compass says which way, not how far. Three learning rates, one mountain."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, Mobject, VGroup, rush_from

from scenes.gradient.shots import WIDE
from scenes.parts.bowl import Bowl
from scenes.parts.cabin import Cabin
from scenes.parts.fog import Fog
from scenes.parts.hiker import Hiker
from scenes.parts.mountain import Mountain
from scenes.parts.plot import LossCurve
from scenes.parts.trail import Trail
from scenes.parts.type import legend, plate, stand, swatch, words
from scenes.parts.walk import Walk
from scenes.stage import ExplainerScene
from scenes.theme import theme


class ThreeStepSizes(ExplainerScene):
    """Too small crawls, too big lands on another mountain, and one is right."""

    def construct(self) -> None:
        small, big, right = self.run("too-small"), self.run("too-big"), self.run("right")
        mountain = Mountain(self.landscape("mountain"), WIDE, Fog(1.0, sight=0.7, soft=1.7))
        colours = {"too-small": theme.too_small, "too-big": theme.too_big, "right": theme.right}
        walks = {label: Walk(run, mountain) for label, run in zip(colours, (small, big, right), strict=True)}
        hikers = {label: Hiker(mountain, walk.place, colours[label], size=1.25) for label, walk in walks.items()}
        trails = {label: Trail(walk, colours[label]) for label, walk in walks.items()}
        curves = {
            label: LossCurve(walk, colours=[colours[label]], size=(3.6, 1.7))
            .to_edge(DOWN, buff=theme.margin * 0.8)
            .shift(LEFT * 1.1)
            for label, walk in walks.items()
        }
        cabin = Cabin(mountain, right.coeffs[-1], size=1.2)
        mountain.lights.append(walks["too-small"].standing)

        # Which way is known; how far is not.
        self.beat("how far?")
        self.open(mountain, cabin, hikers["too-small"])
        terms = (
            ("step", theme.text),
            ("=", theme.quiet),
            ("learning rate", theme.gradient),
            ("×", theme.quiet),
            ("gradient", theme.downhill),
        )
        rule = VGroup(*(words(text, theme.heading, colour, weight="SEMIBOLD") for text, colour in terms))
        rule.arrange(RIGHT, buff=0.25)
        for term, (text, _) in zip(rule, terms, strict=True):
            if text.isalpha() or " " in text:
                stand(term, text, rule.get_y() - 0.14)
        banner = plate(rule, pad=0.35).move_to(DOWN * 2.9)
        with self.say("The compass tells you the direction. It does not tell you how far to go."):
            pass
        with self.say("That is up to you, and it has a name: the step size, or learning rate. In code, lr.") as line:
            self.play(FadeIn(banner[0]), FadeIn(rule[:2]), run_time=theme.enter)
            self.wait(line.share(0.2))
            self.play(FadeIn(rule[2], shift=UP * 0.1), run_time=theme.enter)
            self.play(FadeIn(rule[3:], shift=UP * 0.1), run_time=theme.enter)

        # Too small.
        self.beat("too small")
        label = self._label("too small", small.lr, colours["too-small"])
        self.play(FadeOut(banner), FadeIn(label), FadeIn(curves["too-small"]), run_time=theme.enter)
        self.add(trails["too-small"], hikers["too-small"])
        with self.say(
            f"Too small, and you take baby steps. {small.steps} of them, and this is how far you got. "
            "At this pace you will be on this mountain forever."
        ) as line:
            self.play(walks["too-small"].to(small.steps, run_time=line.share(0.8)))

        # Too big.
        self.beat("too big")
        mountain.lights.append(walks["too-big"].standing)
        other = self._label("too big", big.lr, colours["too-big"])
        self.play(
            FadeOut(label, curves["too-small"]),
            FadeIn(other),
            FadeIn(curves["too-big"]),
            FadeIn(hikers["too-big"]),
            run_time=theme.enter,
        )
        self.add(trails["too-big"], hikers["too-big"])
        with self.say("Too big, and you are leaping blind. The first leap goes down.") as line:
            self.play(walks["too-big"].to(1, run_time=line.share(0.5)))
        with self.say("The second carries you right over the valley, onto the slope on the other side.") as line:
            self.play(walks["too-big"].to(2, run_time=line.share(0.6)))
        with self.say(
            "And so you end up on a different mountain entirely. "
            f"The score stays at {big.losses[-1]:.2f}, and all the ground around you says that this is the bottom."
        ) as line:
            self.play(walks["too-big"].to(4, run_time=line.share(0.25)))
            self.play(walks["too-big"].to(big.steps, run_time=line.share(0.45), rate_func=rush_from))

        # Far too big, on a bowl.
        self.beat("far too big")
        bowl = Bowl(self.landscape("bowl"), self.run("far-too-big"))
        bowl.to_edge(DOWN, buff=theme.margin * 0.8).shift(LEFT * 1.1)
        with self.say(
            "Worse still: a step that is far too big for a plain round bowl. Each one lands higher than the last, "
            "and nothing catches you. The walk diverges."
        ) as line:
            self.play(FadeOut(curves["too-big"], other), FadeIn(bowl, shift=UP * 0.2), run_time=theme.enter)
            self.play(bowl.walk_to_end(run_time=line.share(0.65)))

        # The right size.
        self.beat("just right")
        mountain.lights.append(walks["right"].standing)
        best = self._label("right", right.lr, colours["right"])
        self.play(
            FadeOut(bowl),
            FadeIn(best),
            FadeIn(curves["right"]),
            FadeIn(hikers["right"]),
            run_time=theme.enter,
        )
        self.add(trails["right"], hikers["right"])
        with self.say(
            "And in between there is a step that is right. Long strides where it is steep. Short ones where it "
            "levels out. And there is the light."
        ) as line:
            self.play(walks["right"].to(20, run_time=line.share(0.8)))
            self.play(walks["right"].to(right.steps, run_time=line.share(0.15)))

        # All three, on one clear day.
        self.beat("all three")
        key = self._legend(colours, small.lr, right.lr, big.lr)
        together = LossCurve(*walks.values(), colours=list(colours.values()), size=(3.6, 1.7))
        together.to_edge(DOWN, buff=theme.margin * 0.8).shift(LEFT * 0.25)
        with self.say("Same mountain, same start, same compass. Only the learning rate was different.") as line:
            self.play(FadeOut(best, curves["right"]), run_time=theme.leave)
            self.play(mountain.change_fog(density=0.0, run_time=line.share(0.4)), FadeIn(together), FadeIn(key))
        self.wait(1)
        self.close()

    def _label(self, name: str, lr: float, colour: str) -> VGroup:
        text = VGroup(
            swatch(name, colour, theme.heading, weight="BOLD"),
            words(f"lr = {lr:g}", theme.body, theme.text, mono=True),
        ).arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        return plate(text, pad=0.28).to_corner(DOWN + LEFT, buff=theme.margin)

    def _legend(self, colours: dict[str, str], *lrs: float) -> Mobject:
        names = (("too-small", "too small"), ("right", "right"), ("too-big", "too big"))
        rows = [(f"{name},  lr {lr:g}", colours[label]) for (label, name), lr in zip(names, lrs, strict=True)]
        return plate(legend(rows, theme.body), pad=0.3).to_corner(DOWN + LEFT, buff=theme.margin)
