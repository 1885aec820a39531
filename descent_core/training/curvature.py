"""How the ground bends at a point: Hessian-vector products, and what they say is left to gain.

With few coefficients the whole Hessian is worked out, one product for each; with many, two Lanczos processes find its
extremes and solve for Newton's step in the space that the slope spans (Golub and Meurant, *Matrices, Moments and
Quadrature*, 2010, ch. 3 and 4).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from descent_core.loss_function import Loss
from descent_core.recordings.evidence import Curvature

Array = NDArray[np.float64]
#: ``(D,)`` to ``(D,)``, the Hessian times a vector.
Product = Callable[[Array], Array]

#: Up to so many coefficients the whole Hessian is worked out.
WHOLE = 16
#: Newton's step is known when what it leaves of the slope could change it, or its gain, by this fraction at most.
_RESOLVED = 0.1
#: A curvature counts as none below this fraction of the largest; a slope as rounding below so many ulps.
_NONE, _ULPS = 1e-9, 64
#: How far from the point gradients are compared where the loss can be differentiated only once, in units of the point.
_APART = 1e-3


def curvature_at(loss: Loss, at: Tensor, products: int) -> Curvature | None:
    """How the ground of ``loss`` bends at a point; ``None`` where it can't be asked, or is not finite.

    Parameters
    ----------
    at
        ``(D,)``.
    products
        How many Hessian-vector products each of two Lanczos processes may take, where the coefficients are more than
        `WHOLE`; of fewer, there are as many products as coefficients.

    Examples
    --------
    A bowl of curvatures 2 and 20, one unit from its middle along the flat axis: Newton's step goes all the way.

    >>> bowl = lambda c: c[0] ** 2 + 10 * c[1] ** 2
    >>> found = curvature_at(bowl, torch.tensor([1.0, 0.0], dtype=torch.float64), products=8)
    >>> found.along, found.sharpest, found.flattest, found.gain_left, found.way_left
    (2.0, 20.0, 2.0, 1.0, 1.0)
    """
    slope, product = _derivatives(loss, at)
    if not np.isfinite(slope).all():
        return None
    rounding = _ULPS * float(torch.finfo(at.dtype).eps)
    size = float(np.linalg.norm(at.detach().double().numpy())) or 1.0
    try:
        if at.numel() <= WHOLE:
            bends = np.stack([product(axis) for axis in np.eye(at.numel())])
            values, axes = np.linalg.eigh((bends + bends.T) / 2)
            parts, over, count = axes.T @ slope, 0.0, at.numel()
            ends = values
        else:
            values, parts, over, count = _along_slope(product, slope, products)
            anywhere = np.random.default_rng(0).normal(size=at.numel())
            others, _, _, more = _along_slope(product, anywhere, products)
            ends, count = np.concatenate([values, others]), count + more
    except (RuntimeError, np.linalg.LinAlgError):  # what torch can't differentiate twice, and what is not finite
        return None
    largest = float(np.abs(ends).max(initial=0.0))
    if not np.isfinite(largest):
        return None
    felt = np.abs(parts) > rounding * largest * size
    bent = values > _NONE * largest
    both = bent & felt
    gain = float((parts[both] ** 2 / values[both]).sum() / 2)
    way = float(np.linalg.norm(parts[both] / values[both]))
    # What is left over of the slope, along the flattest direction that it feels.
    flat = float(values[bent].min()) if bent.any() else 0.0
    resolved = over <= rounding * largest * size or (
        flat > 0 and over**2 / (2 * flat) <= _RESOLVED * gain and over / flat <= _RESOLVED * way
    )
    if (felt & ~bent).any():
        gain = way = float("inf")
    steep = float(np.linalg.norm(slope)) if felt.any() else 0.0
    return Curvature(
        slope=steep,
        along=float((parts**2 @ values) / (parts @ parts)) if steep and parts @ parts > 0 else 0.0,
        sharpest=float(ends.max()) if ends.size else 0.0,
        flattest=float(ends.min()) if ends.size else 0.0,
        gain_left=gain,
        way_left=way,
        resolved=resolved,
        products=count,
    )


def _along_slope(product: Product, start: Array, products: int) -> tuple[Array, Array, float, int]:
    """The Lanczos process from ``start``.

    Returns ``(k,)``, the curvatures that it found; ``(k,)``, the parts of ``start`` along them; how much of ``start``
    Newton's step in this space leaves over; and how many products it took.
    """
    length = float(np.linalg.norm(start))
    if length == 0:
        return np.zeros(0), np.zeros(0), 0.0, 0
    basis = [start / length]
    diagonal: list[float] = []
    beside: list[float] = []
    for _ in range(products):
        ahead = product(basis[-1])
        diagonal.append(float(ahead @ basis[-1]))
        for vector in (*basis, *basis):  # twice is enough: Parlett, The Symmetric Eigenvalue Problem, 1998, 6.9
            ahead = ahead - (ahead @ vector) * vector
        beside.append(float(np.linalg.norm(ahead)))
        if not np.isfinite(beside[-1]):
            raise np.linalg.LinAlgError("not finite")
        if beside[-1] <= 1e-10 * max(np.abs(diagonal).max(), *beside):
            break
        basis.append(ahead / beside[-1])
    inner = beside[: len(diagonal) - 1]
    values, axes = np.linalg.eigh(np.diag(diagonal) + np.diag(inner, 1) + np.diag(inner, -1))
    bent = np.abs(values) > _NONE * np.abs(values).max(initial=0.0)
    last = float(axes[-1, bent] @ (axes[0, bent] / values[bent]))  # the last entry of the solution, for a unit start
    return values, axes[0] * length, beside[-1] * abs(last) * length, len(diagonal)


def _derivatives(loss: Loss, at: Tensor) -> tuple[Array, Product]:
    """The slope at a point, and the Hessian times a vector there."""
    here = at.detach().clone().requires_grad_()
    slope = _slope(loss, here, twice=True)
    flat = slope.detach().double().numpy()

    def exact(vector: Array) -> Array:
        along = torch.as_tensor(vector, dtype=at.dtype)
        # Of the product, not with ``along`` as its third argument: torch would load a symbolic algebra to check that.
        (bend,) = torch.autograd.grad(slope @ along, here, retain_graph=True, allow_unused=True)
        return (
            np.zeros_like(flat) if bend is None else bend.detach().double().numpy(force=True)
        )  # a zero may be there in name only

    def compared(vector: Array) -> Array:
        apart = _APART * max(float(at.detach().norm()), 1.0)
        way = torch.as_tensor(vector, dtype=at.dtype) * apart
        ends = [_slope(loss, (at.detach() + sign * way).requires_grad_()).detach().double() for sign in (1, -1)]
        return np.asarray(((ends[0] - ends[1]) / (2 * apart)).numpy())

    # A slope without a history is that of a linear loss, or of one that can be differentiated once only.
    if not slope.requires_grad:
        return flat, compared
    try:
        exact(np.ones_like(flat))
    except RuntimeError:
        return flat, compared
    return flat, exact


def _slope(loss: Loss, here: Tensor, *, twice: bool = False) -> Tensor:
    value = loss(here)
    if not value.requires_grad:  # their code took a branch that does not use the coefficients
        return torch.zeros_like(here)
    (slope,) = torch.autograd.grad(value, here, create_graph=twice, allow_unused=True)
    return torch.zeros_like(here) if slope is None else slope
