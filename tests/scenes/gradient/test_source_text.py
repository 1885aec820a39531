"""Every sentence of the text that the film is made from is carried by a beat of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import pytest

from scenes.gradient import PART
from scenes.stage.explainer_scene import ExplainerScene

#: With all tests that play the scenes of the film.
pytestmark = pytest.mark.xdist_group("the scenes of part 4")


@dataclass(frozen=True)
class Carried:
    """A sentence of the source text: what it says in a few words, the beat that carries it, and words said there."""

    says: str
    scene: str
    beat: str
    words: tuple[str, ...]


#: In the order of the source text.
TABLE = (
    Carried("there are radio knobs, the weights", "knobs", "two knobs", ("radio", "knobs", "weights")),
    Carried("there is a scorecard, the loss", "knobs", "two knobs", ("scorecard", "loss")),
    Carried("a thousand knobs can't be guessed", "knobs", "you need a compass", ("can't just guess", "thousand knobs")),
    Carried("a compass is needed", "knobs", "you need a compass", ("need a compass",)),
    Carried("today: the gradient", "knobs", "the gradient", ("today", "gradient")),
    Carried(
        "a mathematical tool that tells exactly which way is downhill, to a better score",
        "knobs",
        "the gradient",
        ("mathematical tool", "exactly", "downhill", "better score"),
    ),
    Carried("you stand on a peak in the fog", "fog", "in the fog", ("imagine", "up here", "peak", "fog")),
    Carried("the goal: a warm cabin in the valley", "fog", "the cabin", ("goal", "warm cabin", "valley")),
    Carried("the fog hides the cabin", "fog", "in the fog", ("can't see the cabin",)),
    Carried("the cabin is the perfect answer", "fog", "the cabin", ("perfect answer",)),
    Carried("the slope is felt under the boots", "fog", "under the boots", ("feel", "tilts", "under your boots")),
    Carried("the gradient measures that tilt", "slope", "the gradient", ("gradient", "measurement of the tilt")),
    Carried("it says which way is down, and which is up", "slope", "the gradient", ("step this way", "up", "down")),
    Carried("how big a stride is to be decided", "step-size", "how far?", ("how big a stride",)),
    Carried("it is called the learning rate, lr", "step-size", "how far?", ("learning rate", "lr")),
    Carried("too small: baby steps", "step-size", "too small", ("too small", "baby steps")),
    Carried("on that mountain forever", "step-size", "too small", ("on that mountain forever",)),
    Carried("too big: leaping blindly", "step-size", "too big", ("leaping blind",)),
    Carried("right over the valley", "step-size", "over the valley", ("over the valley",)),
    Carried("a different mountain entirely", "step-size", "another mountain", ("different mountain entirely",)),
    Carried("the line of part 1, requires_grad_()", "backward", "requires_grad_", ("remember", "line", "part one")),
    Carried("now it pays off", "backward", "requires_grad_", ("pays off",)),
    Carried("the history of the atoms was tracked", "backward", "the history", ("tracking", "history", "atoms")),
    Carried("the gradient comes automatically", "backward", "loss.backward()", ("automatically",)),
    Carried("the magic button", "backward", "loss.backward()", ("magic button", "loss.backward()")),
    Carried("a compass attached to coeffs", "backward", "print(coeffs.grad)", ("compass attached",)),
    Carried("print(coeffs.grad)", "backward", "print(coeffs.grad)", ("print coeffs.grad",)),
    Carried("zero_() is in my code: why?", "zero-grad", "one more line", ("my code", "zero_", "mystery")),
    Carried("gradients accumulate", "zero-grad", "gradients accumulate", ("gradients accumulate",)),
    Carried("wipe it clean after every step", "zero-grad", "gradients accumulate", ("wipe", "clean", "every step")),
    Carried("the last position and this at once", "zero-grad", "the tug of war", ("last position", "at the same time")),
    Carried("north and south at once", "zero-grad", "the tug of war", ("north and south at once",)),
    Carried("you'll just get stuck", "zero-grad", "never home", ("stuck",)),
    Carried(
        "guessing or optimising: why it matters", "optimising", "the contest", ("matter", "guessing", "optimising")
    ),
    Carried("not changing numbers at random", "optimising", "not at random", ("not changing numbers at random",)),
    Carried("sliding down the mountain of loss", "home", "the walk to zero", ("sliding down the mountain of loss",)),
    Carried("until the scorecard hits zero", "home", "zero", ("scorecard hits zero",)),
    Carried("it makes machine learning learn", "home", "home", ("learning", "machine learning", "not guessing")),
    Carried("a compass for every adjustment", "home", "home", ("compass", "every single turn")),
    Carried("each step brings us closer", "home", "home", ("each step brings us closer",)),
    Carried("next: the complete training loop", "next", "next: the training loop", ("complete training loop",)),
    Carried("the valley of perfect predictions", "next", "over and over", ("valley of perfect predictions",)),
    Carried("part 4 of AI fundamentals", "next", "the series", ("part 4", "AI fundamentals")),
    Carried("the parts before", "next", "the series", ("tensors", "loss", "weights and biases")),
    Carried("comments, and stay tuned", "next", "goodbye", ("comments", "stay tuned")),
    Carried("the final film runs the whole loop", "next", "goodbye", ("last film", "whole loop")),
)


@pytest.mark.parametrize("carried", TABLE, ids=lambda carried: carried.says)
def test_a_sentence_of_the_source_is_carried_by_its_beat(carried: Carried, played: dict[str, ExplainerScene]) -> None:
    cues = [cue for cue in played[carried.scene].cue_sheet().cues if cue.beat == carried.beat]
    assert cues, f"nothing is said in {carried.beat!r} of {carried.scene}"
    said = " ".join(cue.text for cue in cues).lower()
    for words in carried.words:
        assert re.search(rf"(?<!\w){re.escape(words.lower())}", said), (words, said)


def test_the_film_speaks_as_people_talk(played: dict[str, ExplainerScene]) -> None:
    """With contractions, and never long: the numbers of the cut that was too stiff, one contraction in 1,069 words."""
    said = " ".join(cue.text for ref in PART.scenes for cue in played[ref.slug].cue_sheet().cues)
    assert len(re.findall(r"\w+'(?:s|re|ve|ll|t|d)\b", said)) >= 30
    sentences = [sentence for sentence in re.split(r"(?<=[.?!:;])\s+", said) if sentence]
    longest = max(sentences, key=lambda sentence: len(sentence.split()))
    assert len(longest.split()) <= 24, longest


def test_the_viewer_is_asked_three_questions_and_has_time_to_think(played: dict[str, ExplainerScene]) -> None:
    asked = []
    for slug in ("step-size", "zero-grad", "optimising"):
        cues = played[slug].cue_sheet().cues
        asked += [slug for cue, after in pairwise(cues) if cue.text.endswith("?") and after.start - cue.end >= 1.8]
    assert asked == ["step-size", "zero-grad", "optimising"]
