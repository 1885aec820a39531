"""Prints: what a film shows, sounds and says, as hashes, so that two films can be told apart."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from pathlib import Path

import av


@dataclass(frozen=True)
class Print:
    """What is in a film, once decoded.

    Attributes
    ----------
    frames, seconds, captions
        How many pictures, how much sound, how many captions.
    pictures, sound, words, marks
        Hashes of every decoded picture with its time, of every sample, of the captions' and of the chapters' text
        and times.
    """

    frames: int
    seconds: float
    captions: int
    pictures: str
    sound: str
    words: str
    marks: str

    def unlike(self, other: Print) -> list[str]:
        """Names of what differs."""
        return [field.name for field in fields(self) if getattr(self, field.name) != getattr(other, field.name)]

    def __str__(self) -> str:
        return f"{self.frames:,} frames, {self.seconds:.1f} s of sound, {self.captions} captions"


def taken(film: Path) -> Print:
    """The print of a film.

    Raises
    ------
    av.FFmpegError
        It is not a whole film.
    """
    pictures, sound, words = hashlib.sha256(), hashlib.sha256(), hashlib.sha256()
    frames = captions = 0
    seconds = 0.0
    with av.open(str(film)) as container:
        marks = hashlib.sha256(repr(container.chapters()).encode())
        for stream in container.streams:
            container.seek(0)
            for packet in container.demux(stream):
                if stream.type == "subtitle":
                    captions += bool(packet.size)
                    words.update(f"{packet.pts} {packet.duration} ".encode() + bytes(packet))
                elif stream.type in ("video", "audio"):
                    for frame in packet.decode():
                        into = sound if stream.type == "audio" else pictures
                        into.update(f"{frame.pts} {frame.time_base}".encode())
                        for plane in frame.planes if stream.type == "video" else ():
                            into.update(plane)
                        if stream.type == "audio":
                            into.update(frame.to_ndarray().tobytes())
                            seconds += frame.samples / frame.sample_rate
                        else:
                            frames += 1
    hashes = (content.hexdigest() for content in (pictures, sound, words, marks))
    return Print(frames, round(seconds, 3), captions, *hashes)
