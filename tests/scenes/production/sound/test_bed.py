"""The bed: what each sound of a scene is like, measured; how far it lies under the words; where scenes join."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from scenes.narration.speech import Speech
from scenes.production.sound.audio_track import add_sounds, write_sound
from scenes.production.sound.bed import BORDER, EDGE, UNDER, bed
from scenes.production.sound.chord import NOTES, chord
from scenes.production.sound.loudness import CEILING, TARGET, Samples, measure
from scenes.production.sound.mix import RATE, mix, with_sounds
from scenes.production.sound.scene_sounds import Air, Footfall, SceneSounds
from scenes.production.sound.snow import footstep
from scenes.production.sound.static import static
from scenes.production.sound.wind import LEVEL, RANGE, wind

ROOT = Path(__file__).parents[4]
STEPS = tuple(Footfall(2.0 + 0.5 * number, 0.8, side) for number, side in enumerate((-0.5, 0.5, 0.0, 0.9, -0.9, 0.1)))
#: Fog that lifts, a radio that clears, steps, and somebody who comes home.
SCENE = SceneSounds(
    12.0, (Air(0.0, 1.0), Air(1.5, 1.0, 1.0), Air(4.0, 0.6, 0.3), Air(6.0, 0.4, None)), STEPS, arrivals=(7.5,)
)
STILL = SceneSounds(12.0, (Air(0.0, 1.0),))


def level(samples: Samples, start: float = 0.0, end: float | None = None) -> float:
    """RMS in dB, from one second to another."""
    piece = samples[round(start * RATE) : None if end is None else round(end * RATE)]
    return float(10 * np.log10(np.mean(np.square(piece, dtype=np.float64)) + 1e-20))


def bands(samples: Samples, *edges: float) -> list[float]:
    """Level of each band between neighbouring ``edges`` (Hz), in dB, of the left channel."""
    left = samples[:, 0] if samples.ndim == 2 else samples
    power = np.abs(np.fft.rfft(left * np.hanning(len(left)))) ** 2
    hertz = np.fft.rfftfreq(len(left), 1 / RATE)
    return [
        float(10 * np.log10(power[(hertz >= low) & (hertz < high)].sum() + 1e-20))
        for low, high in zip(edges, edges[1:], strict=False)
    ]


def onset(samples: Samples, near: float, within: float = 0.15) -> float:
    """When the loudest rise of the high band begins, in seconds from ``near``: where a boot touches the snow."""
    first = round((near - within) * RATE)
    piece = samples[first : round((near + within) * RATE), :].mean(axis=1)
    # What changes from one sample to the next: a crunch, and hardly the wind.
    size = RATE // 500
    bright = np.square(np.diff(piece))[: len(piece) // size * size - size].reshape(-1, size).sum(axis=1)
    rise = bright / np.maximum(np.median(bright[: len(bright) // 3]), 1e-12)
    return float(np.argmax(rise > 8) * size / RATE - within)


# What each sounds like.


def test_wind_is_dull_and_the_stronger_it_blows_the_louder_and_brighter() -> None:
    made = [
        wind(np.random.default_rng(1), np.full(8 * RATE, strength, np.float32), np.ones(8 * RATE, np.float32), RATE)
        for strength in (0.2, 0.6, 1.0)
    ]
    levels = [level(sound) for sound in made]
    assert levels == pytest.approx([LEVEL - RANGE * (1 - strength) for strength in (0.2, 0.6, 1.0)], abs=0.7)
    low, high = zip(*(bands(sound, 80, 400, 1600) for sound in made), strict=True)
    assert all(dull > bright for dull, bright in zip(low, high, strict=True))
    assert np.diff(np.subtract(high, low)).min() > 1
    assert bands(made[-1], 60, 2000, 20000)[0] - bands(made[-1], 60, 2000, 20000)[1] > 20


def test_gusts_come_and_go() -> None:
    count = 30 * RATE
    gusty = wind(np.random.default_rng(2), np.full(count, 0.8, np.float32), np.zeros(count, np.float32), RATE)
    seconds = [level(gusty, second, second + 1) for second in range(30)]
    assert 1 < np.std(seconds) < 6
    assert max(np.abs(np.diff(seconds))) < 8


def test_a_step_is_a_crunch_with_a_little_weight_behind_it() -> None:
    step = footstep(np.random.default_rng(3), 1.0, landing=False, rate=RATE)
    thud, middle, crunch, top = bands(step, 40, 150, 900, 6000, 20000)
    assert crunch > thud
    assert crunch > middle
    assert crunch > top + 6
    heard = np.flatnonzero(np.abs(step) > np.abs(step).max() / 10) / RATE
    assert heard[0] < 0.010
    assert heard[-1] < 0.25
    assert step[0] == step[-1] == 0


def test_no_two_steps_are_the_same_and_a_landing_is_deeper() -> None:
    chance = np.random.default_rng(4)
    one, other, light = (footstep(chance, weight, landing=False, rate=RATE) for weight in (1.0, 1.0, 0.3))
    assert not np.array_equal(one, other)
    assert np.abs(light).max() < 0.6 * np.abs(one).max()
    landing = footstep(chance, 1.0, landing=True, rate=RATE)
    assert np.subtract(*bands(landing, 30, 150, 6000)) > np.subtract(*bands(one, 30, 150, 6000)) + 6


def test_static_is_as_loud_as_it_is_asked_to_be() -> None:
    amount = np.repeat(np.array([1.0, 0.5, 0.1, 0.0], np.float32), 2 * RATE)
    hiss = static(np.random.default_rng(5), amount, RATE)
    full, half, tenth = (level(hiss, start + 0.1, start + 1.9) for start in (0, 2, 4))
    assert full - half == pytest.approx(6, abs=1.5)
    assert full - tenth == pytest.approx(20, abs=1.5)
    assert not hiss[6 * RATE :].any()
    assert bands(hiss[: 2 * RATE], 1000, 9000)[0] > bands(hiss[: 2 * RATE], 40, 1000)[0] + 15


def test_the_chord_has_its_notes_and_fades() -> None:
    made = chord(RATE)
    for pitch, _ in NOTES:
        at, beside = bands(made, pitch - 3, pitch + 3)[0], bands(made, pitch + 15, pitch + 21)[0]
        assert at > beside + 20
    assert np.abs(made[: round(0.04 * RATE)]).max() > 0.3 * np.abs(made).max()
    assert level(made, 0, 0.5) > level(made, 3.5, 4) + 10
    assert np.abs(made[-1]).max() < 1e-4


# What happens, when it happens.


def test_what_happens_is_heard_when_it_happens() -> None:
    quiet = replace(SCENE, air=(Air(0.0, 0.4),), arrivals=())
    made = bed(quiet, RATE).samples
    for footfall in STEPS:
        assert onset(made, footfall.time) == pytest.approx(0, abs=0.01)
    home = (
        bed(replace(SCENE, footfalls=()), RATE).samples - bed(replace(SCENE, footfalls=(), arrivals=()), RATE).samples
    )
    assert np.abs(home[: round(7.49 * RATE)]).mean() < np.abs(home[round(7.51 * RATE) : round(8 * RATE)]).mean()


def test_the_hiss_is_the_loss_of_its_moment() -> None:
    falling = tuple(Air(1.0 + 3 * number, 0.3, loss) for number, loss in enumerate((1.0, 0.5, 0.25, 0.125, 0.0)))
    hissing = bed(SceneSounds(17.0, falling), RATE).samples
    spans = [(air.time + 0.1, air.time + 2.9) for air in falling]
    bright = [bands(hissing[round(a * RATE) : round(b * RATE)], 4000, 9000)[0] for a, b in spans]
    assert -np.diff(bright[:4]) == pytest.approx([6, 6, 6], abs=2)
    assert bright[4] < bright[0] - 30


def test_the_wind_is_stronger_in_fog() -> None:
    lifting = SceneSounds(20.0, (Air(0.0, 1.0), Air(10.0, 0.4)))
    made = bed(lifting, RATE).samples
    assert level(made, 3, 8) > level(made, 12, 17) + 6


def test_steps_are_heard_from_where_they_are_seen() -> None:
    def sides(side: float) -> tuple[float, float]:
        made = bed(SceneSounds(4.0, (), (Footfall(2.0, 1.0, side),)), RATE).samples[2 * RATE : round(2.2 * RATE)]
        return level(made[:, :1]), level(made[:, 1:])

    left, right = sides(-0.9)
    assert 2 < left - right < 15
    left, right = sides(0.9)
    assert 2 < right - left < 15


def test_there_are_no_clicks() -> None:
    """Nothing jumps: the bend of a click stands out of those around it, as no noise's does."""
    for scene in (STILL, replace(SCENE, footfalls=(), arrivals=())):
        made = bed(scene, RATE)
        whole = np.concatenate([made.before, made.samples, made.after])[:, 0]
        bends = np.diff(whole, n=2)
        around = np.sqrt(np.convolve(np.square(bends), np.ones(961) / 961, mode="same"))
        assert (np.abs(bends)[500:-500] < 6.5 * around[500:-500]).all()
    for sound in (footstep(np.random.default_rng(6), 1.0, landing=False, rate=RATE), chord(RATE)[:, 0]):
        padded = np.concatenate([np.zeros(100), sound, np.zeros(100)])
        assert np.abs(np.diff(padded)).max() < 0.8 * np.abs(padded).max()
        assert abs(padded[100]) < 0.01 * np.abs(padded).max()


# How loud it is.


def talk(seconds: float, seed: int = 0) -> Speech:
    """A sound with the loudness of speech: syllables of noise."""
    time = np.arange(int(seconds * 22050)) / 22050
    noise = np.random.default_rng(seed).standard_normal(len(time)) * np.clip(np.sin(2 * np.pi * 4 * time), 0, 1)
    return Speech((0.1 * noise).astype(np.float32), 22050, {})


@pytest.mark.parametrize(
    "scene",
    [
        SCENE,
        STILL,
        # As much as there can be: thick fog, nothing but noise, a step twice a second, and a chord.
        SceneSounds(
            12.0, (Air(0.0, 1.0, 1.3),), tuple(Footfall(1 + 0.5 * n, 1.0, landing=True) for n in range(20)), (3.0, 6.0)
        ),
    ],
)
def test_it_lies_far_under_what_is_said(scene: SceneSounds) -> None:
    said = mix([(0.5, talk(4)), (6.0, talk(5, 1))], scene.length)
    under = bed(scene, RATE).samples
    voice, sounds = measure(said, RATE), measure(under, RATE)
    assert voice.lufs - sounds.lufs >= UNDER - 0.5 > 10
    assert sounds.lufs > -60
    both = measure(with_sounds(said, under), RATE)
    assert both.lufs == pytest.approx(TARGET, abs=0.5)
    assert both.true_peak_db <= CEILING


def test_the_same_scene_sounds_the_same_in_another_process() -> None:
    code = (
        "import hashlib; from tests.scenes.production.sound.test_bed import SCENE, RATE, bed;"
        "print(hashlib.sha256(bed(SCENE, RATE).samples.tobytes()).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == hashlib.sha256(bed(SCENE, RATE).samples.tobytes()).hexdigest()


def test_sounds_can_be_kept(tmp_path: Path) -> None:
    SCENE.save(tmp_path / "sounds.json")
    assert SceneSounds.load(tmp_path / "sounds.json") == SCENE


# Where one scene ends and the next begins.


def test_at_its_ends_there_is_the_same_wind_in_every_scene() -> None:
    made = [bed(scene, RATE) for scene in (SCENE, STILL, SceneSounds(9.0, (Air(0.0, 0.1, 1.0),)))]
    wanted = LEVEL - RANGE * (1 - BORDER)
    for one in made:
        assert len(one.before) == len(one.after) == EDGE
        for edge in (one.before, one.samples[:2048], one.samples[-2048:], one.after):
            assert level(edge) == pytest.approx(wanted, abs=3.5)


def film(folder: Path, *scenes: SceneSounds) -> Samples:
    """What is heard of scenes without words, joined and decoded."""
    files, starts, start = [], [], Fraction(0)
    for number, scene in enumerate(scenes):
        made = bed(scene, RATE)
        path = folder / f"{number}.m4a"
        files.append(write_sound(path, made.samples, before=made.before, after=made.after))
        starts.append(start)
        start += Fraction(scene.length)
    with av.open(str(folder / "film.mp4"), "w") as out:
        for packet in add_sounds(out, files, starts, start):
            out.mux(packet)
    with av.open(str(folder / "film.mp4")) as whole:
        return np.concatenate([frame.to_ndarray() for frame in whole.decode(audio=0)], axis=1).T


def test_scenes_join_without_a_seam(tmp_path: Path) -> None:
    lengths = (Fraction(301, 60), Fraction(743, 60), Fraction(599, 60), Fraction(127, 60))
    heard = film(tmp_path, *(SceneSounds(float(length), (Air(0.0, 1.0),)) for length in lengths))
    within = level(heard[RATE // 10 : RATE // 5])
    for number in range(1, len(lengths)):
        joint = round(sum(lengths[:number]) * RATE)
        around = heard[joint - 4096 : joint + 4096]
        # In 21 ms, as long as a frame of AAC, there is neither a hole nor a burst ...
        levels = [level(around[at : at + 1024]) for at in range(0, 8192, 512)][:-1]
        assert levels == pytest.approx([within] * len(levels), abs=6)
        # ... and no click: nothing jumps more than the wind does anyway.
        bends = np.abs(np.diff(around, n=2, axis=0)).max()
        assert bends < 4 * np.abs(np.diff(heard[RATE // 10 : RATE // 2], n=2, axis=0)).max()


def test_without_its_ends_there_would_be_a_hole(tmp_path: Path) -> None:
    """What the test above sees: that a joint of files that end in nothing is heard."""
    made = bed(STILL, RATE)
    files = [write_sound(tmp_path / f"{number}.m4a", made.samples) for number in range(2)]
    with av.open(str(tmp_path / "film.mp4"), "w") as out:
        for packet in add_sounds(out, files, [Fraction(0), Fraction(12)], Fraction(24)):
            out.mux(packet)
    with av.open(str(tmp_path / "film.mp4")) as whole:
        heard = np.concatenate([frame.to_ndarray() for frame in whole.decode(audio=0)], axis=1).T
    joint = 12 * RATE
    levels = [level(heard[at : at + 256]) for at in range(joint - 2048, joint + 2048, 256)]
    assert min(levels) < level(heard[RATE // 10 : RATE // 5]) - 8


def test_steps_are_on_time_at_the_end_of_a_film_as_at_its_start(tmp_path: Path) -> None:
    length = Fraction(601, 60)
    scene = SceneSounds(float(length), (Air(0.0, 0.4),), (Footfall(2.0, 1.0), Footfall(6.5, 1.0)))
    heard = film(tmp_path, *[scene] * 12)
    for number in (0, 1, 5, 11):
        for footfall in scene.footfalls:
            assert onset(heard, float(number * length) + footfall.time) == pytest.approx(0, abs=0.03)
