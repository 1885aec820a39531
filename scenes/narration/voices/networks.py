"""Networks of ONNX: the file that is meant and no other; and the same bits every time, on two cores as on eight."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from scenes.narration.speech import VoiceError


def read(path: Path, advice: str) -> bytes:
    """What a file of a voice holds.

    Raises
    ------
    VoiceError
        It cannot be read; ``advice`` says what to type.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise VoiceError(f"The voice's file {path} cannot be read: {error.strerror}. {advice}") from None


def verified(path: Path, sha256: str, advice: str) -> bytes:
    """What a file holds, which must have that SHA-256: a network of other weights would be another narrator.

    Raises
    ------
    VoiceError
        It cannot be read, or is another; ``advice`` says what to type.
    """
    content = read(path, advice)
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise VoiceError(
            f"The voice's file {path} is damaged or another one: its SHA-256 begins {found[:8]}, "
            f"and should begin {sha256[:8]}. {advice}"
        )
    return content


def session(model: Any) -> Any:
    """An onnxruntime session of a model in memory."""
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    options = SessionOptions()
    # Its optimisers take a quarter of a second, and what they find makes no sentence faster.
    options.graph_optimization_level = GraphOptimizationLevel.ORT_DISABLE_ALL
    # How work is shared among threads changes the last bits of the sound; one is as fast here.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
