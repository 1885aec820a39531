"""Camera: an eye over the ground, with a shifted lens: verticals stay vertical."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Camera:
    """An eye, what it looks at, and the size of the frame.

    Attributes
    ----------
    eye, target
        World points (east, north, up). ``target`` comes to the middle of the frame.
    fov
        Width of the view in degrees.
    size
        Frame width and height in pixels.
    relief
        What heights that are looked at are multiplied by: less than 1 for ground that is still rising. Neither the eye
        nor the target is meant by it.

    Raises
    ------
    ValueError
        A number is not finite, the field of view is not from 1 to 150 degrees, or it looks straight up or down.

    Examples
    --------
    The target comes to the middle of the frame, as far away as it is over the ground:

    >>> Camera((0, -4, 3), (0, 0, 0), 44, (160, 90)).project([0, 0, 0]).tolist()
    [80.0, 45.0, 4.0]
    """

    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    fov: float
    size: tuple[int, int]
    relief: float = 1.0

    def __post_init__(self) -> None:
        if not np.isfinite([*self.eye, *self.target]).all():
            raise ValueError(f"the camera's eye and target must be finite: {self.eye}, {self.target}")
        if not 1 <= self.fov <= 150:
            raise ValueError(f"the field of view must be from 1 to 150 degrees, found {self.fov}")
        if np.hypot(self.target[0] - self.eye[0], self.target[1] - self.eye[1]) < 1e-9:
            raise ValueError("the camera looks straight up or down; move its target a little to the side")

    @cached_property
    def forward(self) -> NDArray[np.float64]:
        """``(2,)``, the direction of view over the ground, of length 1."""
        along = np.subtract(self.target[:2], self.eye[:2])
        return along / np.hypot(*along)

    @cached_property
    def right(self) -> NDArray[np.float64]:
        """``(2,)``, the direction over the ground to the right of the view, of length 1."""
        east, north = self.forward
        return np.array([north, -east])

    @cached_property
    def focal(self) -> float:
        """Pixels per unit of lateral distance, at depth 1."""
        return float(self.size[0] / 2 / np.tan(np.radians(self.fov) / 2))

    @cached_property
    def horizon(self) -> float:
        """The row of the horizon: where the lens is shifted so that the target is in the middle."""
        east, north = self.forward
        depth = float((self.target[0] - self.eye[0]) * east + (self.target[1] - self.eye[1]) * north)
        return self.size[1] / 2 + self.focal * (self.target[2] - self.eye[2]) / depth

    def project(self, points: ArrayLike) -> NDArray[np.float64]:
        """``(…, 3)`` world points to ``(…, 3)``: column, row (pixel units, 0 at the top left) and depth.

        Points behind the eye have a depth of 0 or less and no meaningful column or row.
        """
        points = np.asarray(points, dtype=np.float64)
        away = (points if self.relief == 1 else points * [1, 1, self.relief]) - self.eye
        depth = away[..., :2] @ self.forward
        safe = np.where(depth > 1e-6, depth, 1e-6)
        column = self.size[0] / 2 + self.focal * (away[..., :2] @ self.right) / safe
        row = self.horizon - self.focal * away[..., 2] / safe
        return np.stack([column, row, depth], axis=-1)

    def scaled(self, factor: float) -> Camera:
        """The same view on a frame that is ``factor`` times as large."""
        width, height = self.size
        size = round(width * factor), round(height * factor)
        return Camera(self.eye, self.target, self.fov, size, self.relief)
