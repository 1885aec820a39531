"""What the film on tensors shows as code: how a tensor takes notes of how it came about. It ran, as it stands.

The code on screen is the text of these functions.
"""

from __future__ import annotations

import torch


def feed_a_word() -> None:
    torch.tensor("female")


def take_notes() -> None:
    coeffs = torch.tensor([0.5, -1.0, 2.0])
    passenger = torch.tensor([1.0, 0.0, 1.0])
    plain = ((coeffs * passenger).sum() - 1).abs()
    print(plain)
    coeffs.requires_grad_()
    loss = ((coeffs * passenger).sum() - 1).abs()
    print(loss)


def rewind() -> None:
    coeffs = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
    passenger = torch.tensor([1.0, 0.0, 1.0])
    loss = ((coeffs * passenger).sum() - 1).abs()
    loss.backward()
    print(coeffs.grad)


def rewind_twice() -> None:
    coeffs = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
    loss = coeffs.prod().abs()
    loss.backward()
    loss.backward()


def turn_while_recording() -> None:
    coeffs = torch.tensor([0.5, -1.0, 2.0])
    coeffs.requires_grad_()
    coeffs.sub_(0.1)


def turn_while_paused() -> None:
    coeffs = torch.tensor([0.5, -1.0, 2.0])
    coeffs.requires_grad_()
    with torch.no_grad():
        coeffs.sub_(0.1)
    print(coeffs)
