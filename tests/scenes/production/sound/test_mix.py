"""The sound of a film: everything at its time, as loud as it should be, and in step with the picture."""

from __future__ import annotations

import io
import math
import signal
import threading
import wave
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from scenes.narration.speech import Speech
from scenes.production.sound import audio_track, loudness
from scenes.production.sound.audio_track import add_audio, add_sounds, by_time, write_sound
from scenes.production.sound.loudness import CEILING, TARGET
from scenes.production.sound.mix import DIP, RATE, SoundError, lay_lines, measure, mix
from scenes.production.sound.music import looped

Samples = NDArray[np.float32]


def talk(seconds: float, rate: int = 22050, level: float = 0.2, seed: int = 0) -> Speech:
    """Something with the shape of speech: bursts of coloured noise, a few a second."""
    random = np.random.default_rng(seed)
    noise = np.convolve(random.standard_normal(round(seconds * rate)), np.ones(8) / 8, "same")
    time = np.arange(len(noise)) / rate
    syllables = 0.05 + np.abs(np.sin(2 * np.pi * 2 * time)) ** 2 * (0.6 + 0.4 * np.sin(2 * np.pi * 0.4 * time))
    sound = noise * syllables
    sound[: rate // 50] = 0.8 * np.sign(np.sin(time[: rate // 50] * 2000))  # begins at once
    return Speech((level * sound / np.abs(sound).max()).astype(np.float32), rate, {})


def tone(seconds: float, peak_db: float, hertz: float = 997.0) -> Samples:
    time = np.arange(round(seconds * RATE)) / RATE
    return (10 ** (peak_db / 20) * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def decibels(samples: Samples) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(np.square(samples, dtype=float)))))


def save_wave(path: Path, samples: Samples) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((samples.shape[1] if samples.ndim == 2 else 1, 2, RATE, 0, "NONE", ""))
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return path


# Measuring, against the reference tones of EBU Tech 3341 and BS.1770.


def test_the_reference_tones_measure_as_they_should() -> None:
    for level in (-23.0, -33.0):
        both = np.stack([tone(8, level, 1000)] * 2, axis=1)
        assert measure(both, RATE).lufs == pytest.approx(level, abs=0.1)
    assert measure(tone(3, 0), RATE).lufs == pytest.approx(-3.01, abs=0.05)  # in one channel, at full scale
    quiet_then_loud = np.concatenate([tone(10, -36), tone(20, -20)])  # what is 10 LU under the rest doesn't count
    assert measure(quiet_then_loud, RATE).lufs == pytest.approx(-23.0, abs=0.1)


def test_a_true_peak_between_the_samples_is_found() -> None:
    hidden = (0.5 * np.sin(np.pi / 2 * np.arange(RATE) + np.pi / 4)).astype(np.float32)
    hidden *= np.hanning(RATE).astype(np.float32)
    assert 20 * math.log10(np.abs(hidden).max()) < -9
    assert measure(hidden, RATE).true_peak_db == pytest.approx(-6.02, abs=0.3)


@pytest.mark.parametrize("seconds", [0.0, 0.01, 2.0])
def test_silence_measures_as_nothing(seconds: float) -> None:
    found = measure(np.zeros(round(seconds * RATE), np.float32), RATE)
    assert found.lufs == found.true_peak_db == -math.inf


# Laying and mixing.


@pytest.fixture(scope="module")
def long() -> tuple[list[tuple[float, Speech]], Samples]:
    """Eight minutes of lines of very different levels and rates, at awkward times, mixed."""
    lines, at, index = [], 0.512345, 0
    while at + 8 < 480:
        line = talk(2 + index % 5, rate=(22050, 16000)[index % 2], level=(0.05, 0.3, 0.9)[index % 3], seed=index)
        lines.append((at, line))
        at += line.duration + 0.7 + 0.01234567 * index
        index += 1
    assert lines[-1][0] > 460
    return lines, mix(lines, 480.0)


def onset(sound: Samples, start: float) -> float:
    """Seconds from ``start`` to where something is heard."""
    begin = round((start - 0.4) * RATE)
    level = np.abs(sound[begin : begin + RATE])
    return float(np.flatnonzero(level > level.max() * 0.1)[0]) / RATE + begin / RATE - start


def test_every_line_is_at_its_time_at_the_end_as_at_the_start(long: tuple[list[tuple[float, Speech]], Samples]) -> None:
    lines, sound = long
    assert sound.shape == (480 * RATE, 2)
    late = [onset(sound[:, 0], start) for start, _ in lines]
    assert max(map(abs, late)) < 0.005  # a sample's place is exact; the detector is not
    assert np.polyfit([start for start, _ in lines], late, 1)[0] * 480 == pytest.approx(0, abs=0.001)


def test_a_film_is_as_loud_as_it_should_be(long: tuple[list[tuple[float, Speech]], Samples]) -> None:
    lines, sound = long
    found = measure(sound, RATE)
    assert found.lufs == pytest.approx(TARGET, abs=0.5)
    assert found.true_peak_db <= CEILING
    levels = [decibels(sound[round(start * RATE) : round((start + 2) * RATE), 0]) for start, _ in lines]
    assert max(levels) - min(levels) < 3  # they were 25 dB apart


def test_a_click_lies_on_its_very_sample() -> None:
    click = np.zeros(22050, np.float32)
    click[11025] = 1
    laid = lay_lines([(1.25, Speech(click, 22050, {}))], 3)
    assert np.argmax(np.abs(laid)) == 1.75 * RATE


def test_a_silent_film_is_silent(tmp_path: Path) -> None:
    nobody = (0.5, Speech(np.zeros(8000, np.float32), 8000, {}))
    for lines in ([], [nobody]):
        sound = mix(lines, 2.0)
        assert sound.shape == (2 * RATE, 2)
        assert not sound.any()
    quiet = save_wave(tmp_path / "silence.wav", np.zeros(RATE, np.float32))
    assert not mix([nobody], 2.0, quiet).any()


def test_a_film_of_clicks_does_not_run_away() -> None:
    click = np.zeros(2205, np.float32)
    click[1000::700] = 1e-3
    found = measure(mix([(at, Speech(click, 22050, {})) for at in (0.3, 2.7)], 4.0), RATE)
    assert math.isfinite(found.lufs)
    assert found.true_peak_db <= CEILING + 0.01


@pytest.mark.parametrize(("start", "length"), [(-0.1, 10.0), (8.5, 10.0), (math.nan, 10.0)])
def test_a_line_outside_the_film_is_refused(start: float, length: float) -> None:
    with pytest.raises(SoundError, match="not of the same film"):
        mix([(start, talk(2))], length)


def test_a_line_may_end_a_frame_after_the_film() -> None:
    assert len(mix([(0.9, talk(1.2))], 2.0)) == 2 * RATE


def test_a_film_of_no_length_is_refused() -> None:
    with pytest.raises(SoundError, match="must be more than nothing"):
        mix([], 0)


# Music.


def test_music_lies_far_under_the_speech_and_makes_room(tmp_path: Path) -> None:
    music = save_wave(tmp_path / "music.wav", np.stack([tone(31, -6, 13000), tone(31, -6, 15000)], axis=1))
    lines = [(5.0, talk(6, seed=1)), (16.0, talk(6, seed=2))]
    sound, alone = mix(lines, 30.0, music), mix(lines, 30.0)
    found = measure(sound, RATE)
    assert found.lufs == pytest.approx(TARGET, abs=0.5)
    assert found.true_peak_db <= CEILING

    def bed(start: float, end: float) -> float:
        """The music's level there, by its two tones, which are higher than anything in the speech."""
        part = sound[round(start * RATE) : round(end * RATE)]
        wave_ = np.exp(-2j * np.pi * np.outer([13000, 15000], np.arange(len(part)) / RATE))
        return float(20 * np.log10(np.abs((wave_ * part.T).mean(axis=1)) * 2).mean())

    between, speaking = bed(13, 15), bed(6, 10)
    assert measure(np.ascontiguousarray(sound[13 * RATE : 15 * RATE]), RATE).lufs == pytest.approx(TARGET - 20, abs=2)
    assert between - speaking == pytest.approx(DIP, abs=1.5)
    assert bed(4.9, 5.0) < between - 3  # down before the word
    assert between - DIP < bed(11.2, 11.4) < between  # and on its way back after it
    assert np.abs(alone[13 * RATE : 15 * RATE]).max() < 1e-4
    assert np.abs(sound[-480:]).max() < 1e-3  # faded out


def test_a_loop_has_no_seam_and_no_step() -> None:
    random = np.random.default_rng(3)
    piece = (0.1 * random.standard_normal((RATE, 2))).astype(np.float32)
    long = looped(piece, 5 * RATE + 17, RATE // 2)
    assert len(long) == 5 * RATE + 17
    levels = [decibels(long[start : start + 2400]) for start in range(0, 5 * RATE, 2400)]
    assert max(levels) - min(levels) < 1
    assert np.array_equal(looped(piece, 1000, 400), piece[:1000])
    assert looped(piece[:1], 50, 400).shape == (50, 2)


def test_music_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    text = tmp_path / "notes.mp3"
    text.write_text("do re mi " * 50)
    picture = tmp_path / "picture.mp4"
    with av.open(str(picture), "w") as out:
        for packet in picture_packets(out, 1):
            out.mux(packet)
    empty = save_wave(tmp_path / "empty.wav", np.zeros((0, 1), np.float32))
    for path, reason in [
        (tmp_path / "none.mp3", "No such file"),
        (tmp_path, "cannot be read"),
        (text, "cannot be read"),
        (picture, "holds no sound"),
        (empty, "empty|cannot be read"),
    ]:
        with pytest.raises(SoundError, match=rf"{path}.*({reason})[^.]*\. Give a sound file"):
            mix([], 1.0, path)


# In the film.


def picture_packets(out: av.container.OutputContainer, seconds: int) -> Iterator[av.Packet]:
    """A picture that turns white 5 s before its end, with B-frames."""
    stream = out.add_stream("libx264", rate=10, width=64, height=64, pix_fmt="yuv420p")

    def packets() -> Iterator[av.Packet]:
        for number in range(seconds * 10):
            white = number >= (seconds - 5) * 10
            frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 255 * white, np.uint8), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            yield from stream.encode(frame)
        yield from stream.encode(None)

    return packets()


def test_sound_and_picture_stay_in_step_in_the_file(tmp_path: Path) -> None:
    seconds = 305
    sound = np.zeros((seconds * RATE, 2), np.float32)
    for at in (1, 300):
        sound[at * RATE : at * RATE + 48] = 0.9
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as out:
        picture, track = picture_packets(out, seconds), add_audio(out, sound)
        for packet in by_time(picture, track):
            out.mux(packet)
    with av.open(str(path)) as film:
        audio = film.streams.audio[0]
        assert (audio.codec_context.name, audio.rate, audio.codec_context.layout.name) == ("aac", RATE, "stereo")
        heard = {
            round(float(frame.pts * frame.time_base) * RATE): frame.to_ndarray()[0] for frame in film.decode(audio)
        }
    whole = np.zeros(seconds * RATE + 4096, np.float32)
    for start, samples in heard.items():
        assert start >= 0
        whole[start : start + len(samples)] = samples
    for at in (1, 300):
        assert onset(whole, at) == pytest.approx(0, abs=0.010)
    assert sum(map(len, heard.values())) == pytest.approx(seconds * RATE, abs=1024)
    with av.open(str(path)) as film:
        turned = next(frame.time for frame in film.decode(video=0) if frame.to_ndarray(format="gray").mean() > 128)
    assert turned == pytest.approx(300, abs=0.01)
    # Side by side in the file, so that a player need not jump.
    with av.open(str(path)) as film:
        places = [(packet.stream.type, packet.pos) for packet in film.demux() if packet.dts is not None]
    order = [kind for kind, _ in sorted(places, key=lambda place: place[1])]
    assert set(order[: len(order) // 10]) == set(order[-len(order) // 10 :]) == {"audio", "video"}


def played(path: Path, track: Callable[[av.container.OutputContainer], Iterator[av.Packet]]) -> Samples:
    """What is heard of a film of sound alone, written to ``path``, one column a channel."""
    with av.open(str(path), "w") as out:
        for packet in track(out):
            out.mux(packet)
    with av.open(str(path)) as film:
        pieces = [frame.to_ndarray() for frame in film.decode(audio=0)]
    return np.ascontiguousarray(np.concatenate(pieces, axis=1).T)


def test_sounds_of_takes_are_put_together_without_drifting_or_encoding(tmp_path: Path) -> None:
    lengths = [Fraction(frames, 60) for frames in (301, 743, 599, 127, 911, 450)]
    starts = [sum(lengths[:number], Fraction(0)) for number in range(len(lengths) + 1)]
    clicks, sounds = [], []
    for number, (start, length) in enumerate(zip(starts, lengths, strict=False)):
        samples = np.zeros((round(length * RATE), 2), np.float32)
        samples[RATE : RATE + 48] = samples[-RATE // 2 : -RATE // 2 + 48] = 0.9
        clicks += [float(start) + 1, float(start + length) - 0.5]
        sounds.append(write_sound(tmp_path / f"{number}.m4a", samples))
    path = tmp_path / "film.mp4"
    heard = played(path, lambda out: add_sounds(out, sounds, starts[:-1], starts[-1]))[:, 0]
    with av.open(str(path)) as film:
        audio = film.streams.audio[0]
        assert audio.duration * audio.time_base == pytest.approx(starts[-1], abs=0.001)
    for at in clicks:
        assert onset(heard, at) == pytest.approx(0, abs=0.012)
    # Nothing but the clicks is heard: no seam is.
    loud = np.flatnonzero(np.abs(heard) > 0.001) / RATE
    assert np.abs(loud[:, None] - np.array(clicks)).min(axis=1).max() < 0.06
    with av.open(str(path)) as film:
        packets = [bytes(packet) for packet in film.demux(audio=0) if packet.size]
    with av.open(str(sounds[0])) as first:
        assert packets[:9] == [bytes(packet) for packet in first.demux(audio=0) if packet.size][:9]


def test_takes_that_are_loud_enough_make_a_film_that_is(tmp_path: Path) -> None:
    starts, sounds = [], []
    for number, level in enumerate((0.9, 0.05, 0.3)):
        starts.append(Fraction(number * 10))
        lines = [(0.5, talk(2 + number, level=level, seed=number)), (6.0, talk(3, level=level, seed=9 + number))]
        sounds.append(write_sound(tmp_path / f"{number}.m4a", mix(lines, 10.0)))
    found = measure(played(tmp_path / "film.mp4", lambda out: add_sounds(out, sounds, starts, Fraction(30))), RATE)
    assert found.lufs == pytest.approx(TARGET, abs=0.5)
    assert found.true_peak_db <= CEILING


def test_a_loud_film_still_has_headroom_after_encoding(tmp_path: Path) -> None:
    sound = mix([(0.2, talk(8, level=0.9))], 8.5)
    found = measure(played(tmp_path / "loud.mp4", lambda out: add_audio(out, sound)), RATE)
    assert found.lufs == pytest.approx(TARGET, abs=1)
    assert found.true_peak_db <= CEILING


def test_after_ctrl_c_nobody_waits_for_the_encoders(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[int] = []

    def frames(samples: Samples, rate: int, size: int) -> Iterator[av.AudioFrame]:
        for frame in loudness.frames(samples, rate, size):
            encoded.append(frame.samples)
            if len(encoded) == 40:
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            yield frame

    monkeypatch.setattr(audio_track, "frames", frames)
    sound = np.stack([tone(600, -20)] * 2, axis=1)
    # What a shell runs in the background is born deaf to it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), av.open(io.BytesIO(), "w", format="mp4") as out:
            list(add_audio(out, sound))
    finally:
        signal.signal(signal.SIGINT, before)
    assert sum(encoded) < len(sound) / 2
