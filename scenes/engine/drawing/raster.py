"""Raster: a picture painted by numpy, anew in every frame, in a rectangle of the scene."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import groupby
from typing import Any

import numpy as np
from manim import RESAMPLING_ALGORITHMS, Camera, ImageMobject, Mobject, VMobject, config
from numpy.typing import NDArray
from PIL import Image

from scenes.engine.dither import veil
from scenes.engine.drawing.centre import centre
from scenes.engine.drawing.depth_order import farthest_first
from scenes.engine.drawing.figures import FigureCache
from scenes.engine.drawing.sprites import ShapeCache
from scenes.engine.drawing.subpaths import subpaths


class Raster(ImageMobject):
    """A rectangle whose pixels a subclass paints.

    Under `StageCamera` the picture is copied straight into the frame; under manim's own camera it
    is drawn as any image: the same picture, a little slower.

    Parameters
    ----------
    width, height
        Size in scene units; the whole frame by default.

    Examples
    --------
    >>> class Grey(Raster):
    ...     def paint(self, size):
    ...         return np.full((size[1], size[0], 4), (90, 90, 90, 255), np.uint8)
    >>> half = Grey(width=8, height=4).set_opacity(0.5)
    >>> half.get_pixel_array()[0, 0].tolist()
    [90, 90, 90, 128]
    """

    def __init__(self, width: float | None = None, height: float | None = None, **kwargs: Any) -> None:
        # Painted at the size that it has on screen, so there is nothing to interpolate.
        kwargs.setdefault("resampling_algorithm", RESAMPLING_ALGORITHMS["nearest"])
        super().__init__(np.zeros((2, 2, 4), dtype=np.uint8), **kwargs)
        # manim keys its cache on mobjects, not on what a raster paints: it would hand back stale pictures.
        config.disable_caching = True
        self.stretch_to_fit_width(width or config.frame_width)
        self.stretch_to_fit_height(height or config.frame_height)
        #: From 0, not seen, to 1.
        self.opacity = 1.0

    #: Up to this opacity it is painted at half its size: what is so faint has no edges that anybody could see.
    faint = 0.0

    def paint(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """``(H, W, 4)``, the opaque picture at ``size`` (width, height) in pixels; nobody else may write to it."""
        raise NotImplementedError

    def settle(self, size: tuple[int, int]) -> None:
        """Be as if the picture had been painted for some frames."""
        self.paint(size)

    def picture_key(self) -> Any:
        """What is equal whenever `paint` would give the same picture at the same size; None if that can't be told."""
        return None

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height in pixels at the present quality."""
        # Each by its own scale: a frame of 854 by 480 is a little wider than 16 to 9.
        across, down = config.pixel_width / config.frame_width, config.pixel_height / config.frame_height
        return max(round(self.width * across), 1), max(round(self.height * down), 1)

    def get_center(self) -> NDArray[np.float64]:
        """``(3,)``, as manim's own, but fast: whatever stands on the ground asks for it in every frame."""
        return centre(self)

    def get_pixel_array(self) -> NDArray[np.uint8]:
        """``(H, W, 4)``, the picture at its present size and opacity: what manim's own camera draws."""
        if not hasattr(self, "opacity"):  # asked for by manim while it is being built
            return self.pixel_array
        picture = self.paint(self.pixels).copy()
        picture[..., 3] = round(255 * self.opacity)
        return picture

    def set_opacity(self, alpha: float) -> Raster:
        """Show it as opaque as ``alpha``, from 0 to 1."""
        self.opacity = float(alpha)
        return self

    def interpolate_color(self, mobject1: Any, mobject2: Any, alpha: float) -> Raster:
        """What manim asks for in a fade: be as opaque as ``alpha`` of the way from one raster to another."""
        self.opacity = mobject1.opacity + (mobject2.opacity - mobject1.opacity) * alpha
        return self


class GroundDepth:
    """How deep in the view of a `Raster` a figure stands, so that nearer ground can hide it.

    Every shape of a figure carries the same one as its ``ground_depth``; `StageCamera` then leaves out
    what nearer ground hides, pixel by pixel. Under manim's own camera the whole figure is drawn.

    Parameters
    ----------
    ground
        The raster. Its ``hides(size, depth, region)`` gives, for a region of its picture, the fraction of
        each pixel that shows something nearer than ``depth``.

    Attributes
    ----------
    depth
        World distance along the view; ground that is nearer hides the figure. Infinite until it is set.
    stands
        World distance of the place where it stands: who stands nearer is drawn over who stands farther.
    veiled
        How much of the whole figure the air hides, from 0 to 1: as one picture, so nothing shows through it.
    """

    def __init__(self, ground: Any) -> None:
        self.ground = ground
        self.depth = self.stands = np.inf
        self.veiled = 0.0

    def __deepcopy__(self, memo: dict[int, Any]) -> GroundDepth:
        return self  # manim copies what it animates; the copy stands in the same place


class StageCamera(Camera):
    """manim's camera, that copies a `Raster` into the frame, and lets ridges hide what stands behind them.

    A shape with ``covers_frame`` is one colour over all of it, and is laid on with `scenes.engine.dither`.

    Examples
    --------
    ::

        class OverTheRidge(Scene):
            def __init__(self, **kwargs):
                super().__init__(camera_class=StageCamera, **kwargs)

            def construct(self):
                mountain = Mountain(library.landscape("mountain"), Shot((-9.0, -6.0, 2.5), (0.0, 0.0, 1.0)))
                self.add(mountain, Hiker(mountain, (-1.5, 1.2)))
                self.play(mountain.orbit(8, run_time=1))
    """

    #: The frame, and the background that is still to be copied into it.
    _frame: NDArray[np.uint8] | None = None
    _beneath: NDArray[np.uint8] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sprites, self._figures = ShapeCache(), FigureCache()

    @property
    def pixel_array(self) -> NDArray[np.uint8]:
        """``(H, W, 4)``, the frame as it is drawn so far."""
        if self._beneath is not None:
            if self._frame is None or self._frame.shape != self._beneath.shape:
                self._frame = np.empty_like(self._beneath)
            np.copyto(self._frame, self._beneath, casting="unsafe")
            self._beneath = None
        assert self._frame is not None  # manim's camera is made with a background
        return self._frame

    def set_pixel_array(self, pixel_array: Any, convert_from_floats: bool = False) -> None:
        """As manim's own, but later: what is covered by a whole picture need not be copied into each frame."""
        self._beneath = self.convert_pixel_array(pixel_array) if convert_from_floats else np.asarray(pixel_array)

    def capture_mobjects(self, mobjects: Iterable[Mobject], **kwargs: Any) -> None:
        """Draw ``mobjects`` into the frame; a picture that covers it needs no background."""
        drawn = self.get_mobjects_to_display(mobjects, **kwargs)
        if drawn and self._covers(drawn[0]):
            self._beneath = None
        for kind, group in groupby(drawn, self.type_or_raise):
            self.display_funcs[kind](list(group), self.pixel_array)

    def remember(self, mobjects: Iterable[Mobject]) -> None:
        """As if the shapes of ``mobjects`` had just been drawn: those that stand still are then drawn from memory."""
        for mobject in self.get_mobjects_to_display(mobjects):
            if isinstance(mobject, VMobject):
                self._sprites.remember(mobject)

    def paint(self, mobjects: Iterable[Mobject]) -> None:
        """Let the rasters of ``mobjects`` paint, and draw nothing: as if they had been drawn for some frames."""
        for mobject in self.get_mobjects_to_display(mobjects):
            if isinstance(mobject, Raster) and mobject.opacity > 0:
                mobject.settle(mobject.pixels)

    def _covers(self, mobject: Mobject) -> bool:
        """Whether nothing of what lies beneath a mobject will be seen."""
        if not isinstance(mobject, Raster) or mobject.opacity < 1:
            return False
        if self._frame is None or (self._beneath is not None and self._beneath.shape != self._frame.shape):
            return False
        (left, top), (width, height) = _corner(mobject, self._frame), mobject.pixels
        return left <= 0 and top <= 0 and left + width >= self._frame.shape[1] and top + height >= self._frame.shape[0]

    def get_mobjects_to_display(
        self,
        mobjects: Iterable[Mobject],
        include_submobjects: bool = True,
        excluded_mobjects: list[Mobject] | None = None,
    ) -> list[Mobject]:
        """As manim's own, in a fraction of its time: it is asked in every frame, and every glyph is a mobject."""
        if not include_submobjects or excluded_mobjects:
            return list(super().get_mobjects_to_display(mobjects, include_submobjects, excluded_mobjects))
        seen: set[int] = set()
        drawn: list[Mobject] = []
        # Backwards: of what is named twice, the last counts, and with it its whole family.
        for mobject in reversed(list(mobjects)):
            _collect(mobject, seen, drawn)
        drawn.reverse()
        return farthest_first(sorted(drawn, key=lambda mobject: mobject.z_index) if self.use_z_index else drawn)

    def set_cairo_context_path(self, ctx: Any, vmobject: VMobject) -> StageCamera:
        """As manim's own, stroke for stroke, in a third of its time: a wall of knobs has thousands of curves."""
        points = self.transform_points_pre_display(vmobject, vmobject.points)
        if not len(points) or len(points) % 4:
            super().set_cairo_context_path(ctx, vmobject)
            return self
        ctx.new_path()
        firsts, closed = subpaths(np.ascontiguousarray(points), vmobject.tolerance_for_point_equality)
        starts = points[firsts * 4, :2].tolist()
        curves = points.reshape(-1, 4, 3)[:, 1:, :2].reshape(-1, 6).tolist()
        begins = firsts.tolist()
        for first, last, start, shut in zip(begins, [*begins[1:], None], starts, closed.tolist(), strict=True):
            ctx.new_sub_path()
            ctx.move_to(*start)
            for curve in curves[first:last]:
                ctx.curve_to(*curve)
            if shut:
                ctx.close_path()
        return self

    def display_image_mobject(self, image_mobject: Any, pixel_array: NDArray[np.uint8]) -> None:
        """Copy a raster into the frame, as far as it lies in it; draw any other image as manim does."""
        if not isinstance(image_mobject, Raster):
            super().display_image_mobject(image_mobject, pixel_array)
            return
        if image_mobject.opacity <= 0:
            return
        width, height = image_mobject.pixels
        left, top = _corner(image_mobject, pixel_array)
        frame_height, frame_width = pixel_array.shape[:2]
        if image_mobject.opacity <= image_mobject.faint:
            small = image_mobject.paint((-(-width // 2), -(-height // 2)))
            picture = np.asarray(Image.fromarray(small).resize((width, height), Image.Resampling.BILINEAR))
        else:
            picture = image_mobject.paint((width, height))
        # What of it lies in the frame.
        x0, x1 = max(left, 0), min(left + width, frame_width)
        y0, y1 = max(top, 0), min(top + height, frame_height)
        if x0 >= x1 or y0 >= y1:
            return
        seen = picture[y0 - top : y1 - top, x0 - left : x1 - left]
        frame = pixel_array[y0:y1, x0:x1]
        if image_mobject.opacity >= 1:
            frame[:] = seen
        else:
            frame[:] = frame + (seen.astype(np.float32) - frame) * np.float32(image_mobject.opacity)

    def display_multiple_non_background_colored_vmobjects(
        self, vmobjects: Iterable[VMobject], pixel_array: NDArray[np.uint8]
    ) -> None:
        """Draw shapes, each figure without what nearer ground hides of it."""
        for (ground_depth, veils), group in groupby(vmobjects, _way_to_draw):
            figure = list(group)
            if veils:
                for shape in figure:
                    opacity = float(shape.get_fill_opacity())
                    veil(pixel_array, np.array(shape.get_fill_color().to_rgb(), np.float32) * 255, opacity)
                continue
            if ground_depth is not None and self._figures.draw(
                figure, pixel_array, partial(_hiding, ground_depth, pixel_array)
            ):
                continue
            hidden = self._hidden(ground_depth, figure, pixel_array) if ground_depth is not None else None
            if hidden is None:
                self._sprites.draw(self, figure, pixel_array)
                continue
            region, fraction = hidden
            before = pixel_array[region].astype(np.float32)
            self._sprites.draw(self, figure, pixel_array)
            drawn = pixel_array[region]
            drawn[:] = drawn + (before - drawn) * fraction[..., None]

    def _hidden(
        self, ground_depth: GroundDepth, figure: list[VMobject], frame: NDArray[np.uint8]
    ) -> tuple[tuple[slice, slice], NDArray[np.float32]] | None:
        """The region of the frame that a figure takes up, and how much of each pixel nearer ground hides."""
        points = np.concatenate([shape.points for shape in figure])
        if not len(points):
            return None
        scale = frame.shape[0] / config.frame_height
        columns = frame.shape[1] / 2 + points[:, 0] * scale
        rows = frame.shape[0] / 2 - points[:, 1] * scale
        room = 3  # pixels, for strokes
        x0, x1 = max(int(columns.min()) - room, 0), min(int(columns.max()) + room, frame.shape[1])
        y0, y1 = max(int(rows.min()) - room, 0), min(int(rows.max()) + room, frame.shape[0])
        if x0 >= x1 or y0 >= y1:
            return None
        region = (slice(y0, y1), slice(x0, x1))
        fraction = _hiding(ground_depth, frame, region)
        return None if fraction is None else (region, fraction)


def _hiding(
    ground_depth: GroundDepth, frame: NDArray[np.uint8], region: tuple[slice, slice]
) -> NDArray[np.float32] | None:
    """How much of each pixel in a region of the frame nearer ground hides, or the air; None for nothing of it."""
    hidden = _behind_ground(ground_depth, frame, region)
    veiled = np.float32(ground_depth.veiled)
    if veiled <= 0:
        return hidden
    if hidden is None:
        rows, columns = region
        return np.full((rows.stop - rows.start, columns.stop - columns.start), veiled, np.float32)
    return hidden + (1 - hidden) * veiled


def _behind_ground(
    ground_depth: GroundDepth, frame: NDArray[np.uint8], region: tuple[slice, slice]
) -> NDArray[np.float32] | None:
    """How much of each pixel in a region of the frame nearer ground hides; None for nothing of it."""
    width, height = ground_depth.ground.pixels
    left, top = _corner(ground_depth.ground, frame)
    rows, columns = region
    y0, y1 = max(rows.start, top), min(rows.stop, top + height)
    x0, x1 = max(columns.start, left), min(columns.stop, left + width)
    if x0 >= x1 or y0 >= y1:
        return None
    there = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
    fraction: NDArray[np.float32] | None = ground_depth.ground.hides((width, height), ground_depth.depth, there)
    if fraction is None or fraction.shape == (rows.stop - rows.start, columns.stop - columns.start):
        return fraction
    whole = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.float32)
    whole[y0 - rows.start : y1 - rows.start, x0 - columns.start : x1 - columns.start] = fraction
    return whole


def _way_to_draw(shape: VMobject) -> tuple[GroundDepth | None, bool]:
    """How deep in the ground's view a shape stands, if it does; and whether it lies over the whole frame."""
    return getattr(shape, "ground_depth", None), getattr(shape, "covers_frame", False)


def _collect(mobject: Mobject, seen: set[int], drawn: list[Mobject]) -> None:
    """Add what has points in a mobject's family to ``drawn``, the last first."""
    if id(mobject) in seen:
        return
    for child in reversed(mobject.submobjects):
        _collect(child, seen, drawn)
    seen.add(id(mobject))
    if len(mobject.points):
        drawn.append(mobject)


def _corner(raster: Raster, frame: NDArray[np.uint8]) -> tuple[int, int]:
    """Column and row of a raster's upper left pixel in the frame."""
    width, height = raster.pixels
    frame_height, frame_width = frame.shape[:2]
    scale = frame_height / config.frame_height
    x, y, _ = raster.get_center()
    return round(frame_width / 2 + x * scale - width / 2), round(frame_height / 2 - y * scale - height / 2)
