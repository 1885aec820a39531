"""Scene 1: one number in the dark is one of 19,809; where the five films lead; and the title."""

from __future__ import annotations

from manim import DOWN, RIGHT, UP, VGroup, linear

from scenes.outline import OUTLINES
from scenes.parts.clock import Clock
from scenes.parts.panels.series_cards import series_cards
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.stage.listed import had
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from scenes.stage.transitions import fade_in, fade_out
from scenes.tensors import PART
from scenes.tensors.people import AFAR, CROWD, EVERYBODY, HER, ONE, WIDE, lattice_of_people, moved
from scenes.theme import slowing, theme

#: How much of the lattice is left behind the cards, and behind the title.
FAINT, LIT = 0.22, 0.36
#: By how many degrees a second it turns there.
_DRIFT = 1.5
#: How far warm light has come when it is about to be seen at the top, and in how many seconds it falls from there.
_AT_THE_TOP, _FALLS = 0.06, 2.2


class OneNumberInTheDark(ExplainerScene):
    """One light, then all of them; then what they will learn."""

    def construct(self) -> None:
        run = self.run("lattice")
        beads = self.run("beads")
        lattice = lattice_of_people(run, beads)
        lattice.set_look(**lattice.aim(HER, CROWD), **ONE)

        _, crowd = had(self.listing("ranks"), "crowd = ")
        value = words(f"{crowd:.0f}", theme.heading, mono=True, weight="BOLD")
        value.next_to(lattice.point(HER, CROWD), RIGHT, buff=1.5)

        # One bead.
        self.beat("one number")
        with self.say("This is a [number]number. A small light in the dark.") as line:
            self.open(lattice)
            self.play(lattice.change_look(distance=3.4, rate_func=linear, run_time=line.until("number", shows=value)))
            self.play(fade_in(value), lattice.change_look(distance=3.5), run_time=0.5)
            stays = max(line.left - theme.leave, 0.1)
            self.play(lattice.change_look(distance=4.2, rate_func=linear, run_time=stays))
            self.play(lattice.change_look(distance=4.4, rate_func=linear), fade_out(value), run_time=theme.leave)

        # All of them.
        self.beat("one of many")
        with self.say(f"Step [back]back. It's one of {beads.dimensions:,}, about the people on one ship.") as line:
            line.reach("back", shows=lattice)
            self.play(lattice.change_look(**WIDE, shown=EVERYBODY, run_time=line.left + 2.2, rate_func=slowing))

        # What they will do: light rises, and comes back.
        self.beat("they will learn")
        films = constant(len(OUTLINES), "the films of the series", equals=max(film.number for film in OUTLINES))
        with self.say(f"In {in_words(films)} films, a machine made of these will [learn]learn.") as line:
            self.play(
                lattice.change_look(**moved(AFAR), threads=1, lit=0.6),
                lattice.change_look(cold=0.2, rate_func=linear),
                run_time=line.until("learn", shows=lattice),
            )
            self.play(lattice.change_look(cold=1, turn=14, run_time=2.2, rate_func=linear))

        # Where the five films lead.
        self.beat("five films")
        self.add(clock := Clock())
        cards = series_cards(OUTLINES, PART.slug, clock).set_y(centre_above_captions())
        with self.say(
            "First, [tensors]tensors. Then a [loss]scorecard, [knobs]knobs to turn, a [gradient]compass, and the "
            "[loop]loop that makes it all run."
        ) as line:
            lattice.drift(_DRIFT)
            self.play(lattice.come(FAINT), run_time=0.7 * line.until("tensors", shows=cards[0]))
            for mark, card in zip(("tensors", "loss", "knobs", "gradient", "loop"), cards, strict=True):
                line.reach(mark, shows=card)
                self.play(fade_in(card, UP * theme.drift).set_rate_func(slowing), run_time=0.5)
            self.wait(line.left)

        # The title.
        self.beat("title")
        place = constant(PART.number, "its place in the series", equals=OUTLINES[0].number)
        title = words(PART.title, theme.display, weight="BOLD")
        number = words(f"AI fundamentals  ·  part {place}", theme.body, theme.text)
        heading = VGroup(number, title).arrange(DOWN, buff=theme.room).set_y(centre_above_captions())
        with self.say(
            "So: [title]tensors. Sounds like physics. Just a box of numbers. But it [remembers]remembers."
        ) as line:
            self.play(fade_out(cards), run_time=min(theme.leave, line.until("title")))
            self.remove(clock)
            line.reach("title", shows=heading)
            self.play(fade_in(heading).set_rate_func(slowing), lattice.come(LIT), run_time=theme.enter)
            line.reach("remembers", shows=lattice)
            # Warm light falls back, and the numbers keep it.
            lattice.set_look(warm=_AT_THE_TOP)
            self.play(lattice.change_look(warm=1, rate_func=linear), run_time=max(line.left, _FALLS))
        self.close()
