"""The package of a film: one mp4 with all its tracks, and what lies beside it."""

from __future__ import annotations

import json
import shutil
import wave
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from descent_core import library
from scenes.narration.captions import captions
from scenes.narration.cues import Beat, Cue, CueSheet
from scenes.narration.speech import Speech
from scenes.narration.voices.silence import Silence
from scenes.part import Part
from scenes.production.format import Format, RenderSettings
from scenes.production.frames import stills as pictures
from scenes.production.package.build import Package, build_package, front_page
from scenes.production.sound.loudness import measure
from scenes.production.sound.mix import SoundError
from scenes.production.sound.scene_sounds import Air, Footfall, SceneSounds
from scenes.production.sound.take_sound import write_take_sound
from scenes.production.takes.take import Take
from scenes.series import find_part
from tests.scenes.bench.small import small_source

SMALL = Format(160, 90, 30)
SETTINGS = RenderSettings(SMALL)
LENGTHS = (31, 47)


class Hum:
    """A voice that hums each line for a second and a half."""

    modules = ()

    def settings(self) -> dict[str, str | float]:
        return {"voice": "hum"}

    def say(self, text: str) -> Speech:
        time = np.arange(int(1.5 * 22050)) / 22050
        return Speech((0.3 * np.sin(2 * np.pi * 220 * time)).astype(np.float32), 22050, {})


def clip(path: Path, seconds: int, shade: int) -> None:
    with av.open(str(path), "w") as out:
        video = out.add_stream("libx264", rate=SMALL.rate, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = SMALL.width, SMALL.height, "yuv420p"
        for index in range(seconds * SMALL.rate):
            picture = np.full((SMALL.height, SMALL.width, 3), shade, np.uint8)
            picture[:, : 1 + index % SMALL.width] = 255 - shade
            out.mux(video.encode(av.VideoFrame.from_ndarray(picture)))
        out.mux(video.encode(None))


def cues(seconds: int) -> CueSheet:
    starts = [1.0, seconds / 2, seconds - 2.5]
    return CueSheet(
        tuple(Cue(at, at + 1.5, f"Something said at {at:g} seconds.", "only", f"spoken {at}") for at in starts),
        (Beat(0.0, "only"),),
        float(seconds),
    )


@pytest.fixture(scope="module")
def film() -> Part:
    whole = find_part("gradient")
    return replace(whole, scenes=whole.scenes[:2], poster=None, teaser=None)


@pytest.fixture(scope="module")
def takes(film: Part, tmp_path_factory: pytest.TempPathFactory) -> list[Take]:
    folder = tmp_path_factory.mktemp("takes")
    made = []
    library.recording("right")
    for ref, seconds, shade in zip(film.scenes, LENGTHS, (40, 90), strict=True):
        clip(folder / f"{ref.slug}.mp4", seconds, shade)
        shown = {"right.npz": library.current_hash("right.npz") or ""}
        sounds = SceneSounds(float(seconds), (Air(0.0, 1.0),), (Footfall(3.0, 1.0),))
        take = Take(ref, folder / f"{ref.slug}.mp4", cues(seconds), shown, sounds=sounds)
        take.still.write_bytes(pictures.still_jpeg(take.path, take.cues))
        write_take_sound(take.sound, take.cues, Hum(), take.sounds, take.full_sound)
        made.append(take)
    return made


@pytest.fixture(scope="module")
def made(film: Part, takes: list[Take], tmp_path_factory: pytest.TempPathFactory) -> Package:
    return build_package(film, takes, tmp_path_factory.mktemp("films"), settings=SETTINGS, voice=Hum())


def test_the_film_has_all_its_tracks_and_they_are_of_one_length(made: Package) -> None:
    with av.open(str(made.film)) as film:
        video, audio, text = film.streams.video[0], film.streams.audio[0], film.streams.subtitles[0]
        assert video.frames == sum(LENGTHS) * SMALL.rate
        for stream in (video, audio, text):
            assert float(stream.duration * stream.time_base) == pytest.approx(sum(LENGTHS), abs=0.05)
        assert text.language == "eng"
        assert film.metadata["title"] == "Part 4: The Gradient"


def test_every_picture_is_in_it_unchanged(made: Package, takes: list[Take]) -> None:
    def some(path: Path) -> list[bytes]:
        with av.open(str(path)) as film:
            return [frame.to_ndarray().tobytes() for frame in film.decode(video=0)][::97]

    with av.open(str(made.film)) as film:
        times = [frame.pts * frame.time_base for frame in film.decode(video=0)]
    assert set(np.diff(np.array(times, dtype=object))) == {Fraction(1, SMALL.rate)}
    joined = [picture for take in takes for picture in some(take.path)]
    with av.open(str(made.film)) as film:
        frames = [frame.to_ndarray().tobytes() for frame in film.decode(video=0)]
    first = LENGTHS[0] * SMALL.rate
    assert frames[:first:97] + frames[first::97] == joined


def test_speech_begins_at_its_cue_at_the_end_as_at_the_start(made: Package) -> None:
    with av.open(str(made.film)) as film:
        rate = film.streams.audio[0].rate
        sound = np.concatenate([frame.to_ndarray()[0] for frame in film.decode(audio=0)])
    for cue in made.cues.cues:
        near = np.abs(sound[int((cue.start - 0.5) * rate) : int((cue.start + 0.5) * rate)])
        onset = cue.start - 0.5 + np.argmax(near > 0.1 * near.max()) / rate
        assert abs(onset - cue.start) < 0.04
    assert measure(np.stack([sound, sound], axis=1), rate).lufs == pytest.approx(-16, abs=1)


def test_with_music_the_lines_are_mixed_anew(film: Part, takes: list[Take], tmp_path: Path) -> None:
    bed = tmp_path / "bed.wav"
    tone = np.sin(2 * np.pi * 997 * np.arange(48000 * 3) / 48000)
    with wave.open(str(bed), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48000)
        file.writeframes((tone * 9000).astype("<i2").tobytes())
    done = build_package(film, takes, tmp_path / "films", settings=SETTINGS, voice=Hum(), music=bed)
    with av.open(str(done.film)) as made:
        sound = np.concatenate([frame.to_ndarray() for frame in made.decode(audio=0)], axis=1).T
    assert measure(np.ascontiguousarray(sound), 48000).lufs == pytest.approx(-16, abs=1)
    late = sound[40 * 48000 : 42 * 48000, 0]  # nobody speaks there
    assert np.abs(late).max() > 0.001


def test_the_track_of_captions_holds_the_captions(made: Package) -> None:
    wanted = captions(made.cues)
    shown = []
    with av.open(str(made.film)) as film:
        for packet in film.demux(film.streams.subtitles[0]):
            content = bytes(packet)
            length = int.from_bytes(content[:2], "big")
            if length and packet.duration:
                at = packet.pts * packet.time_base
                shown.append((float(at), content[2 : 2 + length].decode()))
    assert [text for _, text in shown] == [one.text for one in wanted]
    assert [at for at, _ in shown] == pytest.approx([one.start for one in wanted], abs=0.001)


def test_chapters_are_the_scenes(made: Package) -> None:
    with av.open(str(made.film)) as film:
        marks = [(one["metadata"]["title"], float(one["start"] * one["time_base"])) for one in film.chapters()]
    assert marks == [("A thousand knobs", 0.0), ("The mountain in the fog", float(LENGTHS[0]))]
    assert (made.folder / "chapters.txt").read_text() == "0:00 A thousand knobs\n0:31 The mountain in the fog\n"


def test_it_starts_to_play_before_it_is_loaded(made: Package) -> None:
    content = made.film.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_the_manifest_names_every_recording_and_every_file(made: Package) -> None:
    told = json.loads((made.folder / "manifest.json").read_text())
    run = library.recording("right")
    assert told["recordings"]["right.npz"]["lr"] == run.lr
    assert told["recordings"]["right.npz"]["outcome"] == str(run.outcome)
    assert told["recordings"]["right.npz"]["sha256"] == library.current_hash("right.npz")
    there = {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()}
    assert there == {*told["files"], "manifest.json"}
    assert there >= {
        "film.mp4", "film.srt", "film.vtt", "transcript.md", "poster.jpg", "teaser.gif", "index.html", "chapters.txt",
    }  # fmt: skip
    assert told["voice"] == {"voice": "hum"}


def test_a_whole_package_is_not_made_again_and_a_damaged_one_is(film: Part, takes: list[Take], tmp_path: Path) -> None:
    def make() -> dict[str, int]:
        done = build_package(film, takes, tmp_path, settings=SETTINGS, voice=Hum())
        return {path.name: path.stat().st_mtime_ns for path in done.folder.rglob("*") if path.is_file()}

    first = make()
    mine = tmp_path / film.filename / "my notes.txt"
    mine.write_text("mine")
    (tmp_path / film.filename / "stills" / "my own.jpg").write_text("mine, too")
    assert make().keys() == {*first, "my notes.txt", "my own.jpg"}
    assert first.items() <= make().items()
    (tmp_path / film.filename / "film.srt").write_text("spoilt")
    again = make()
    assert again["film.mp4"] != first["film.mp4"]
    assert "spoilt" not in (tmp_path / film.filename / "film.srt").read_text()
    assert mine.read_text() == "mine"
    assert again.keys() == {*first, "my notes.txt", "my own.jpg"}
    assert [path.name for path in tmp_path.iterdir()] == [film.filename]  # nothing hidden is left


def test_the_still_of_a_scene_that_is_no_more_goes(film: Part, takes: list[Take], tmp_path: Path) -> None:
    build_package(film, takes, tmp_path, settings=SETTINGS, voice=Hum())
    build_package(film, takes[:1], tmp_path, settings=SETTINGS, voice=Hum())
    assert [path.name for path in (tmp_path / film.filename / "stills").iterdir()] == ["1-knobs.jpg"]


def test_a_damaged_manifest_is_no_film_to_the_front_page(film: Part, takes: list[Take], tmp_path: Path) -> None:
    build_package(film, takes, tmp_path, settings=SETTINGS, voice=Hum())
    for spoilt in ("{half", "[]", "{}"):
        (tmp_path / film.filename / "manifest.json").write_text(spoilt)
        assert 'href="4-the-gradient' not in front_page(tmp_path).read_text()


def test_a_silent_film_has_no_track_of_sound(film: Part, takes: list[Take], tmp_path: Path) -> None:
    silent = []
    for take in takes:
        path = shutil.copy(take.path, tmp_path)
        shutil.copy(take.still, tmp_path)
        silent.append(replace(take, path=Path(path)))
    done = build_package(film, silent, tmp_path / "films", settings=SETTINGS, voice=Silence())
    with av.open(str(done.film)) as made:
        assert not made.streams.audio
    assert 'aria-label="Mute"' not in (done.folder / "index.html").read_text()


def test_music_that_cannot_be_read_leaves_nothing_behind(film: Part, takes: list[Take], tmp_path: Path) -> None:
    noise = tmp_path / "noise.mp3"
    noise.write_bytes(b"not music")
    with pytest.raises(SoundError, match="noise.mp3"):
        build_package(film, takes, tmp_path / "films", settings=SETTINGS, voice=Hum(), music=noise)
    assert list((tmp_path / "films").iterdir()) == []


def test_the_front_page_leads_to_what_is_made(film: Part, takes: list[Take], tmp_path: Path) -> None:
    build_package(film, takes, tmp_path, settings=SETTINGS, voice=Hum())
    text = front_page(tmp_path).read_text()
    assert 'href="4-the-gradient/index.html"' in text
    assert "Weights and biases" in text
    assert "Not made yet" in text


def track(film: Path) -> list[bytes]:
    with av.open(str(film)) as whole:
        return [bytes(packet) for packet in whole.demux(audio=0) if packet.size]


def loudness_of(film: Path, start: float, end: float) -> float:
    """How loud what is heard of a film is, from one second to another, in LUFS."""
    with av.open(str(film)) as whole:
        heard = np.concatenate([frame.to_ndarray() for frame in whole.decode(audio=0)], axis=1).T
    return measure(np.ascontiguousarray(heard[round(start * 48000) : round(end * 48000)]), 48000).lufs


def test_without_its_sounds_a_film_is_bit_for_bit_as_if_there_were_none(
    film: Part, takes: list[Take], made: Package, tmp_path: Path
) -> None:
    without = tmp_path / "without.m4a"
    write_take_sound(without, takes[0].cues, Hum())
    assert track(without) == track(takes[0].sound)
    assert track(takes[0].full_sound) != track(takes[0].sound)
    bare = [replace(take, sounds=None) for take in takes]
    for take in bare:
        assert take.sound.exists()
    silent = build_package(film, bare, tmp_path / "films", settings=SETTINGS, voice=Hum(), sounds=False)
    assert silent.film.read_bytes() == made.film.read_bytes()


def test_the_sounds_of_the_scenes_are_heard_under_the_words(film: Part, takes: list[Take], tmp_path: Path) -> None:
    done = build_package(film, takes, tmp_path, settings=SETTINGS, voice=Hum(), sounds=True)
    assert track(done.film)[:50] == track(takes[0].full_sound)[:50]
    # In a pause there is wind, far under the words; where one scene ends and the next begins, too.
    first = LENGTHS[0]
    assert -55 < loudness_of(done.film, 5, 12) < -28
    assert -65 < loudness_of(done.film, first - 0.5, first + 0.5) < -35
    assert loudness_of(done.film, 1, 2.5) == pytest.approx(-16, abs=1.2)


def test_music_and_sounds_together(film: Part, takes: list[Take], tmp_path: Path) -> None:
    tune = tmp_path / "tune.wav"
    with wave.open(str(tune), "wb") as file:
        file.setparams((1, 2, 22050, 0, "NONE", ""))
        wobble = 8000 * np.sin(2 * np.pi * 330 * np.arange(22050 * 4) / 22050)
        file.writeframes(wobble.astype("<i2").tobytes())
    films = [
        build_package(
            film, takes, tmp_path / str(sounds), settings=SETTINGS, voice=Hum(), music=tune, sounds=sounds
        ).film
        for sounds in (False, True)
    ]
    assert track(films[0]) != track(films[1])
    assert loudness_of(films[1], 1, 2.5) == pytest.approx(loudness_of(films[0], 1, 2.5), abs=0.5)


@pytest.mark.slow
def test_a_bench_lies_below_the_film_and_the_manifest_names_its_recordings(
    film: Part, takes: list[Take], tmp_path: Path
) -> None:
    tried = replace(film, bench="scenes.gradient.bench")
    source = small_source()
    done = build_package(tried, takes, tmp_path, settings=SETTINGS, voice=Hum(), bench=source)
    page = (done.folder / "index.html").read_text("utf-8")
    assert page.count('id="bench"') == 1
    assert json.loads((done.folder / "manifest.json").read_text())["bench"] == dict(source.hashes)
    made = (done.folder / "index.html").stat().st_mtime_ns
    build_package(tried, takes, tmp_path, settings=SETTINGS, voice=Hum(), bench=source)
    assert (done.folder / "index.html").stat().st_mtime_ns == made
    build_package(tried, takes, tmp_path, settings=replace(SETTINGS, theme="light"), voice=Hum(), bench=source)
    light = (done.folder / "index.html").read_text("utf-8")
    assert "--scheme: light" in light
    assert "--scheme: dark" in page
    other = replace(source, hashes={"gradient-bench.grid.npz": "1" * 64})
    build_package(tried, takes, tmp_path, settings=SETTINGS, voice=Hum(), bench=other)
    assert json.loads((done.folder / "manifest.json").read_text())["bench"] == dict(other.hashes)
    build_package(film, takes, tmp_path, settings=SETTINGS, voice=Hum())
    assert 'id="bench"' not in (done.folder / "index.html").read_text("utf-8")
