"""A piece of music cut to the length of a film: looped without a seam, or faded out."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from descent_core.errors import DescentError
from scenes.production.sound.loudness import Samples, columns

#: Seconds: where one round goes over into the next, and how the bed begins and ends.
CROSSFADE, FADE_IN, FADE_OUT = 0.5, 1.0, 3.0
#: Samples a second at which a file is only looked at.
_PROBE_RATE = 48_000


def bed(path: Path, count: int, rate: int, error: type[DescentError]) -> Samples:
    """``count`` samples of the music in ``path``, two channels, faded in and out.

    Raises
    ------
    error
        The file cannot be read, or holds no sound.
    """
    whole = looped(_decoded(path, count, rate, error), count, round(CROSSFADE * rate))
    for seconds, ends in ((FADE_IN, whole), (FADE_OUT, whole[::-1])):
        ramp = np.linspace(0, 1, min(round(seconds * rate), count // 2), endpoint=False, dtype=np.float32)
        ends[: len(ramp)] *= ramp[:, None]
    return whole


def require_sound(path: Path, error: type[DescentError]) -> None:
    """See that ``path`` holds sound that can be read, by its beginning.

    Raises
    ------
    error
        The file cannot be read, or holds no sound.
    """
    _decoded(path, 1, _PROBE_RATE, error)


def looped(piece: Samples, count: int, seam: int) -> Samples:
    """``piece`` over and over until there are ``count`` samples, rounds overlapping by ``seam``."""
    if len(piece) >= count:
        return piece[:count].copy()
    seam = min(seam, len(piece) // 4)
    # Equal power: the two rounds have nothing to do with each other.
    rise = np.sin(np.linspace(0, np.pi / 2, seam, endpoint=False, dtype=np.float32))[:, None]
    whole = np.zeros((count, piece.shape[1]), np.float32)
    for start in range(0, count, len(piece) - seam):
        again = piece.copy()
        if start:
            again[:seam] *= rise
        again[len(again) - seam :] *= np.sqrt(1 - rise**2)
        room = whole[start : start + len(again)]
        room += again[: len(room)]
    return whole


def _decoded(path: Path, count: int, rate: int, error: type[DescentError]) -> Samples:
    """As many samples as are needed, and no more: an hour of music is not read for a short film."""
    ask = "Give a sound file that libav reads, such as mp3, ogg, flac or wav."
    pieces: list[Samples] = []
    have = 0
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise error(f"The music {path} holds no sound. {ask}")
            resampler = av.AudioResampler(format="fltp", layout="stereo", rate=rate)
            for frame in container.decode(container.streams.audio[0]):
                for piece in resampler.resample(frame):
                    pieces.append(columns(piece))
                    have += len(pieces[-1])
                if have >= count:
                    break
            else:
                pieces += [columns(piece) for piece in resampler.resample(None)]
    except (OSError, av.FFmpegError) as fault:
        reason = fault.strerror or str(fault)
        raise error(f"The music {path} cannot be read: {reason}. {ask}") from None
    if not sum(map(len, pieces)):
        raise error(f"The music {path} is empty. {ask}")
    return np.concatenate(pieces).astype(np.float32, copy=False)
