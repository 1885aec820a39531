"""Scene 9: what a tensor is, once more; and the one number at the top, which is the next film."""

from __future__ import annotations

from manim import DOWN, RIGHT, UP, VGroup, linear

from scenes.outline import outline
from scenes.parts.lattice.look import LatticeLook
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.stage.traced_run import constant
from scenes.stage.transitions import fade_in, fade_out
from scenes.tensors import PART
from scenes.tensors.people import AFAR, TOP, lattice_of_people
from scenes.theme import theme

#: How much of the lattice is left behind words.
FAINT, DARK = 0.24, 0.12


class TheNumberAtTheTop(ExplainerScene):
    """Numbers, quick, with a memory. And next: the loss."""

    def construct(self) -> None:
        run = self.run("lattice")
        lattice = lattice_of_people(run, self.run("beads"), AFAR)
        lattice.set_look(threads=1, cold=1, warm=1, lit=0.3, turn=40)
        lattice.set_opacity(FAINT)

        # A tensor, in three lines.
        self.beat("a tensor")
        lines = VGroup(
            *(
                words(text, theme.heading, colour, weight="SEMIBOLD")
                for text, colour in (
                    ("only numbers", theme.text),
                    ("small and quick", theme.text),
                    ("with a memory", theme.accent),
                )
            )
        ).arrange(DOWN, buff=theme.room + 0.1)
        lines.set_y(centre_above_captions())
        with self.say(
            "So that's a tensor. It holds [numbers]numbers, and only numbers. It's [small]small, and it's quick. And "
            "it [remembers]remembers how it came about."
        ) as line:
            self.open(lattice)
            for mark, text in zip(("numbers", "small", "remembers"), lines, strict=True):
                self.play(
                    lattice.change_look(
                        turn=lattice.look.turn + 4, rate_func=linear, run_time=line.until(mark, shows=text)
                    )
                )
                self.play(
                    fade_in(text, UP * theme.drift), lattice.change_look(turn=lattice.look.turn + 2), run_time=0.6
                )
            self.play(lattice.change_look(turn=lattice.look.turn + 4, rate_func=linear, run_time=line.left))

        # The number at the top.
        self.beat("the number at the top")
        with self.say(
            "But what [is]is it, that one number at the [top]top? How does a machine know that it's wrong, and by how "
            "much?"
        ) as line:
            # What light has passed goes out where it is; then the beads alone are there, and cold light sets out anew.
            self.play(
                fade_out(lines),
                lattice.come(DARK),
                lattice.change_look(turn=lattice.look.turn + 5, embers=0, lit=0.5),
                run_time=line.until("is"),
            )
            lattice.set_look(warm=0, cold=0, embers=LatticeLook.embers)
            self.play(
                lattice.come(1),
                lattice.change_look(cold=1, turn=lattice.look.turn + 6, rate_func=linear),
                run_time=max(line.until("top"), 1.2),
            )
            self.play(lattice.change_look(turn=lattice.look.turn + 8, rate_func=linear, run_time=line.left))

        # Next: the loss.
        self.beat("next: the loss")
        following = constant(outline("loss").number, "its place in the series", equals=PART.number + 1)
        score = plate(words(f"{run.losses[0]:.2f}", theme.heading, theme.loss, mono=True, weight="BOLD"), opacity=0)
        score.next_to(TOP, RIGHT, buff=theme.room + 0.4).shift(DOWN * 0.28)
        title = VGroup(
            words(f"part {following}", theme.body, theme.text), words("Loss", theme.display, theme.loss, weight="BOLD")
        ).arrange(UP, buff=theme.room)
        title.set_y(centre_above_captions() - 1.2)
        with self.say(
            f"That's the [score]scorecard. It's called the [loss]loss, and it's part {following}. See you there."
        ) as line:
            self.play(lattice.change_look(turn=lattice.look.turn + 2, run_time=line.until("score", shows=score)))
            self.play(fade_in(score), lattice.change_look(turn=lattice.look.turn + 2), run_time=0.5)
            self.play(lattice.change_look(turn=lattice.look.turn + 1, run_time=line.until("loss", shows=title)))
            self.play(
                fade_in(title, UP * theme.drift),
                lattice.come(DARK),
                score.animate(rate_func=theme.ease).scale(2.6).move_to([0, centre_above_captions() + 1.1, 0]),
                run_time=1.2,
            )
            self.play(
                lattice.change_look(turn=lattice.look.turn + 8, rate_func=linear, run_time=line.left + theme.breath)
            )
        self.close()
