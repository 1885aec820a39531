"""hibari: how it says hard words, how its sounds are drawn out, and that it never asks the network for anything."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from scenes.narration.script import spoken_form
from scenes.narration.voices.hibari import Hibari
from scenes.narration.voices.hibari_model import MODEL_SHA256, HibariModel, model_path

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def hibari() -> Hibari:
    return Hibari()


@pytest.fixture(scope="module")
def model(hibari: Hibari) -> HibariModel:
    return hibari._model


#: Refuses whatever a program does to reach others, loudly.
CUT_OFF = """
import sys

def refuse(event, given):
    if event.split(".")[0] in ("socket", "urllib"):
        raise AssertionError(f"the network was asked for: {event}")

sys.addaudithook(refuse)
"""


def cut_off(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    """What becomes of a program in a process that can reach nobody and has kept nothing."""
    environment = {"HOME": str(home), "HIBARI_HOME": str(home / "hibari"), "XDG_CACHE_HOME": str(home / "cache")}
    return subprocess.run(
        [sys.executable, "-c", CUT_OFF + code], capture_output=True, text=True, cwd=ROOT, env=environment
    )


def test_it_speaks_without_a_network(tmp_path: Path) -> None:
    says = "from scenes.narration.voices.hibari import Hibari; print(Hibari().say('Hello [a]there.').duration > 0.4)"
    done = cut_off(says, tmp_path)
    assert (done.stdout, done.returncode) == ("True\n", 0), done.stderr
    assert not (tmp_path / "hibari").exists()
    # Any other voice of the package would be fetched; this is how that would come out.
    other = cut_off("import hibari; hibari.Hibari(voice='fenrir')", tmp_path)
    assert "the network was asked for" in other.stderr


def test_its_weights_are_known() -> None:
    import hashlib

    assert hashlib.sha256(model_path().read_bytes()).hexdigest() == MODEL_SHA256
    assert MODEL_SHA256.startswith("5f70741d")


@pytest.mark.parametrize(
    ("written", "phonemes"),
    [
        ("loss.backward()", "lˈɔs dˈɑt bˈækwəɹd"),
        ("coeffs", "kˌOˈɛfs"),
        ("coeffs.grad", "kˌOˈɛfs dˈɑt ɡɹˈæd"),
        ("coeffs.grad.zero_()", "kˌOˈɛfs dˈɑt ɡɹˈæd dˈɑt zˈɪɹO ˈʌndəɹskˌɔɹ"),
        ("requires_grad_()", "ɹəkwˈIəɹz ɡɹˈæd ˈʌndəɹskˌɔɹ"),
        ("lr", "ˈɛl ˈɑɹ"),
        ("0.00175", "zˈɪɹO pYnt zˈɪɹO zˈɪɹO wˈʌn sˈɛvən fˈIv"),
        ("0.97", "zˈɪɹO pYnt nˈIn sˈɛvən"),
        ("−0.24", "mˈInəs zˈɪɹO pYnt tˈu fˈɔɹ"),
        ("1,000", "wˈʌn θˈWzᵊnd"),
        ("1e-05", "wˈʌn tˈImz tˈɛn tə ðə mˈInəs fˈIv"),
        ("PyTorch", "pˈI tˈɔɹʧ"),
    ],
)
def test_hard_words_are_said_as_they_are_meant(written: str, phonemes: str, model: HibariModel) -> None:
    assert ["".join(sentence) for sentence in model.sentences(spoken_form(written))] == [phonemes]


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        ("The loss is 0.1.", "The loss is 0.00175."),
        ("Call backward().", "Call loss.backward()."),
        ("The gradient.", "The coeffs.grad.zero_()."),
    ],
)
def test_notation_takes_the_time_of_its_words(shorter: str, longer: str, hibari: Hibari) -> None:
    """None of it is swallowed: each word more takes a fifth of a second at least."""
    short, long = (spoken_form(line) for line in (shorter, longer))
    more = len(long.replace(".00175", " point 0 0 1 7 5").split()) - len(short.replace("0.1", "0 point 1").split())
    assert more > 1
    assert hibari.say(long).duration - hibari.say(short).duration > 0.2 * more


def test_a_plan_is_as_long_as_its_scale(model: HibariModel) -> None:
    (sentence,) = model.sentences("Somewhere below, in the valley, there is a cabin with a light in the window.")
    seconds = [len(model.sound(model.plan(sentence, scale))) / model.rate for scale in (1.0, 1.25, 1.5)]
    assert [longer / seconds[0] for longer in seconds] == pytest.approx([1.0, 1.25, 1.5], abs=0.02)
    begins = [model.plan(sentence, scale).begins for scale in (1.0, 1.25, 1.5)]
    assert all(
        early < late for before, after in pairwise(begins) for early, late in zip(before[2:], after[2:], strict=True)
    )


def test_a_sentence_that_is_too_long_is_said_in_pieces(hibari: Hibari) -> None:
    line = "and then a step, " * 50 + "and [home]home."
    speech = hibari.say(line)
    assert len(hibari._model.sentences(line)) > 1
    assert speech.duration - 2 < speech.marks["home"] < speech.duration
