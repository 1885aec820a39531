"""Clothes: the outlines of all that he is made of, as they are drawn for one who stands upright and faces right."""

from __future__ import annotations

import numpy as np

from scenes.parts.ground.hiker.cloth import FINE, SMALL, Bone, Cloth, band, ellipse, hangs_as_coat, hangs_as_scarf, on

#: Flakes that are thrown up by a landing, of five anchors each.
FLAKES = 14
#: Anchors of a leg, an arm, the scarf's tail, and the staff, as `scenes.parts.ground.hiker.outline.tube` gives them.
LEG, ARM, TAIL, STAFF = 12, 12, 12, 8

_BOOT = (
    (-0.05, -0.046),
    (0.088, -0.046),
    (0.101, -0.03),
    (0.086, -0.004),
    (0.045, 0.014),
    (0.043, 0.05),
    (-0.042, 0.052),
    (-0.046, 0.012),
    (-0.055, -0.024),
)
_SOLE = ((-0.054, -0.056), (0.088, -0.056), (0.104, -0.044), (0.098, -0.034), (0.0, -0.041), (-0.055, -0.039))
_SOCK = ((-0.046, 0.038), (0.05, 0.034), (0.053, 0.05), (0.047, 0.064), (-0.046, 0.068), (-0.053, 0.053))
_LACES = tuple(
    band(((0.022 + 0.022 * k, 0.03 - 0.016 * k), (0.046 + 0.02 * k, 0.022 - 0.017 * k)), 0.007) for k in range(3)
)
_COAT = (
    (0.118, 0.336),
    (0.131, 0.36),
    (0.13, 0.43),
    (0.118, 0.53),
    (0.118, 0.62),
    (0.098, 0.7),
    (0.05, 0.757),
    (-0.04, 0.765),
    (-0.085, 0.72),
    (-0.105, 0.63),
    (-0.1, 0.53),
    (-0.112, 0.43),
    (-0.13, 0.362),
    (-0.118, 0.338),
    (-0.05, 0.327),
    (0.04, 0.324),
)
_FACE = (
    (0.0, 0.742),
    (0.05, 0.748),
    (0.066, 0.775),
    (0.087, 0.785),
    (0.097, 0.805),
    (0.101, 0.82),
    (0.115, 0.829),
    (0.123, 0.84),
    (0.117, 0.852),
    (0.105, 0.864),
    (0.103, 0.888),
    (0.08, 0.93),
    (0.0, 0.945),
    (-0.07, 0.91),
    (-0.074, 0.85),
    (-0.055, 0.8),
)

_BRIM = band(((0.108, 0.912), (0.05, 0.905), (-0.03, 0.893), (-0.094, 0.884)), 0.04)
_FLAME = ((0.028, -0.122), (0.03, -0.09), (0.024, -0.06), (-0.024, -0.06), (-0.03, -0.09), (-0.028, -0.122))
_MITTEN = ((0.03, -0.03), (0.045, 0.0), (0.03, 0.03), (-0.015, 0.036), (-0.032, 0.0), (-0.015, -0.036))

#: All things, from the farthest to the nearest.
CLOTHES: tuple[Cloth, ...] = (
    Cloth("shadow", "shadow", points=12),
    Cloth("pool", "pool", points=12, least=SMALL),
    Cloth("glow", "glow", (ellipse(0, -0.09, 0.36, 0.36, 8),), on(Bone.LANTERN)),
    # The far side.
    Cloth("far leg", "far trousers", points=LEG, rim=0.008),
    Cloth("far boot", "far boots", (_BOOT,), on(Bone.FAR_BOOT), rim=0.006),
    Cloth("far sock", "far sock", (_SOCK,), on(Bone.FAR_BOOT), least=SMALL),
    Cloth("far sole", "sole", (_SOLE,), on(Bone.FAR_BOOT)),
    Cloth("far arm", "far coat", points=ARM),
    Cloth("staff", "staff", points=STAFF, corners=tuple(range(STAFF)), rim=0.006),
    Cloth("far mitten", "mitten", (ellipse(0.0, 0.0, 0.036, 0.033),), on(Bone.FAR_HAND), rim=0.01),
    # What he carries.
    Cloth(
        "pack",
        "pack",
        (
            (
                (-0.1, 0.47),
                (-0.075, 0.6),
                (-0.075, 0.73),
                (-0.12, 0.775),
                (-0.22, 0.765),
                (-0.275, 0.7),
                (-0.29, 0.58),
                (-0.268, 0.475),
                (-0.18, 0.445),
            ),
        ),
        on(Bone.PACK),
        shaded=True,
        rim=0.014,
    ),
    Cloth(
        "pocket",
        "pocket",
        (
            (
                (-0.215, 0.478),
                (-0.195, 0.53),
                (-0.2, 0.6),
                (-0.25, 0.61),
                (-0.305, 0.59),
                (-0.312, 0.53),
                (-0.29, 0.478),
            ),
            ((-0.1, 0.71), (-0.088, 0.768), (-0.14, 0.792), (-0.235, 0.772), (-0.282, 0.7), (-0.2, 0.672)),
        ),
        on(Bone.PACK),
        rim=0.01,
    ),
    Cloth(
        "buckles",
        "strap",
        (
            band(((-0.165, 0.79), (-0.175, 0.7), (-0.178, 0.64)), 0.014),
            band(((-0.15, 0.86), (-0.155, 0.8), (-0.15, 0.76)), 0.016),
        ),
        on(Bone.PACK),
        least=SMALL,
    ),
    Cloth("bedroll", "bedroll", (ellipse(-0.175, 0.825, 0.066, 0.062, 10),), on(Bone.PACK), rim=0.012),
    Cloth(
        "roll",
        "roll",
        (
            band(
                tuple(
                    (
                        -0.175 + (0.052 - 0.0052 * k) * np.cos(0.9 * k + 0.4),
                        0.825 + (0.05 - 0.005 * k) * np.sin(0.9 * k + 0.4),
                    )
                    for k in range(9)
                ),
                0.007,
            ),
        ),
        on(Bone.PACK),
        least=FINE,
    ),
    Cloth("tail", "scarf", points=TAIL, rim=0.008),
    # The near leg.
    Cloth("near leg", "trousers", points=LEG, shaded=True, rim=0.009),
    Cloth("near boot", "boots", (_BOOT,), on(Bone.NEAR_BOOT), rim=0.008),
    Cloth("near sock", "sock", (_SOCK,), on(Bone.NEAR_BOOT), least=SMALL),
    Cloth("near sole", "sole", (_SOLE,), on(Bone.NEAR_BOOT)),
    Cloth("laces", "laces", _LACES, on(Bone.NEAR_BOOT), least=FINE),
    # The coat.
    Cloth("coat", "coat", (_COAT,), hangs_as_coat, shaded=True, rim=0.014),
    Cloth(
        "folds",
        "fold",
        (
            band(((0.129, 0.355), (0.04, 0.342), (-0.06, 0.346), (-0.13, 0.362)), 0.02),
            band(((0.09, 0.345), (0.096, 0.45), (0.088, 0.56), (0.086, 0.65), (0.068, 0.735)), 0.007),
            band(((0.045, 0.425), (0.0, 0.43), (-0.035, 0.44)), 0.01),
        ),
        hangs_as_coat,
        least=SMALL,
    ),
    Cloth(
        "belt",
        "strap",
        (band(((0.124, 0.49), (0.03, 0.482), (-0.06, 0.488), (-0.105, 0.5)), 0.026),),
        hangs_as_coat,
        least=SMALL,
    ),
    Cloth("warmth", "warmth", (_COAT,), hangs_as_coat, least=SMALL),
    # A knee before the coat, of one who sits.
    Cloth("lap", "trousers", points=LEG, shaded=True, rim=0.009),
    # The head.
    Cloth(
        "hood",
        "hood",
        (
            (
                (-0.02, 0.735),
                (0.01, 0.79),
                (-0.03, 0.815),
                (-0.09, 0.815),
                (-0.128, 0.775),
                (-0.115, 0.725),
                (-0.06, 0.71),
            ),
        ),
        on(Bone.CHEST),
        rim=0.01,
    ),
    Cloth("face", "skin", (_FACE,), on(Bone.HEAD), rim=0.0065),
    Cloth(
        "hair",
        "hair",
        (
            (
                (-0.012, 0.84),
                (-0.004, 0.885),
                (-0.01, 0.92),
                (-0.078, 0.905),
                (-0.09, 0.85),
                (-0.07, 0.805),
                (-0.038, 0.82),
            ),
            ((0.1, 0.878), (0.112, 0.9), (0.085, 0.915), (0.06, 0.9), (0.082, 0.892)),
        ),
        on(Bone.HEAD),
        least=SMALL,
    ),
    Cloth("cheek", "cheek", (ellipse(0.05, 0.822, 0.033, 0.026),), on(Bone.HEAD), least=SMALL),
    Cloth("face light", "warmth", (_FACE,), on(Bone.HEAD), least=SMALL),
    Cloth(
        "features",
        "ink",
        (
            band(((0.052, 0.888), (0.07, 0.895), (0.09, 0.889)), 0.007),
            band(((0.064, 0.802), (0.078, 0.797), (0.091, 0.803)), 0.005),
        ),
        on(Bone.HEAD),
        least=FINE,
    ),
    Cloth("eye", "eye", (ellipse(0.07, 0.858, 0.0105, 0.0165),), on(Bone.LID), least=SMALL),
    Cloth("glint", "white", (ellipse(0.0735, 0.8645, 0.004, 0.0045, 6),), on(Bone.LID), least=FINE),
    Cloth(
        "hat",
        "hat",
        (
            (
                (0.103, 0.905),
                (0.094, 0.945),
                (0.06, 0.98),
                (0.01, 0.993),
                (-0.045, 0.985),
                (-0.083, 0.95),
                (-0.093, 0.89),
                (0.0, 0.885),
            ),
        ),
        on(Bone.HEAD),
        shaded=True,
        rim=0.012,
    ),
    Cloth(
        "ribs",
        "knit",
        tuple(
            band(((0.066 - 0.034 * k, 0.925 - 0.004 * k), (0.052 - 0.032 * k, 0.955), (0.02 - 0.024 * k, 0.98)), 0.006)
            for k in range(4)
        ),
        on(Bone.HEAD),
        least=FINE,
    ),
    Cloth(
        "brim",
        "brim",
        (band(((0.108, 0.912), (0.05, 0.905), (-0.03, 0.893), (-0.094, 0.884)), 0.04),),
        on(Bone.HEAD),
        rim=0.01,
    ),
    Cloth("pompom", "pompom", (ellipse(-0.03, 1.003, 0.034, 0.032, 8),), on(Bone.HEAD), rim=0.012),
    Cloth(
        "scarf",
        "scarf",
        (
            (
                (0.03, 0.722),
                (0.078, 0.735),
                (0.094, 0.762),
                (0.08, 0.786),
                (0.03, 0.778),
                (-0.03, 0.786),
                (-0.078, 0.8),
                (-0.092, 0.775),
                (-0.075, 0.742),
                (-0.02, 0.724),
            ),
        ),
        hangs_as_scarf,
        rim=0.012,
    ),
    Cloth(
        "stripes",
        "stripe",
        (
            band(((0.062, 0.73), (0.055, 0.755), (0.056, 0.78)), 0.014),
            band(((-0.012, 0.726), (-0.014, 0.755), (-0.004, 0.78)), 0.014),
            band(((-0.066, 0.742), (-0.066, 0.768), (-0.054, 0.792)), 0.014),
        ),
        hangs_as_scarf,
        least=SMALL,
    ),
    # The near side.
    Cloth(
        "strap",
        "strap",
        (band(((-0.055, 0.74), (0.018, 0.735), (0.055, 0.68), (0.045, 0.6), (-0.03, 0.545), (-0.09, 0.53)), 0.022),),
        on(Bone.CHEST),
        least=SMALL,
    ),
    Cloth(
        "lantern",
        "lantern frame",
        (
            band(((0.022, -0.05), (0.02, -0.015), (0.0, -0.004), (-0.02, -0.015), (-0.022, -0.05)), 0.007),
            ((0.034, -0.062), (0.012, -0.04), (-0.012, -0.04), (-0.034, -0.062)),
            ((-0.036, -0.137), (0.036, -0.137), (0.034, -0.12), (-0.034, -0.12)),
        ),
        on(Bone.LANTERN),
        rim=0.0,
    ),
    Cloth(
        "flame",
        "flame",
        (((0.028, -0.122), (0.03, -0.09), (0.024, -0.06), (-0.024, -0.06), (-0.03, -0.09), (-0.028, -0.122)),),
        on(Bone.LANTERN),
    ),
    Cloth("halo", "halo", (ellipse(0, -0.09, 0.085, 0.085, 8),), on(Bone.LANTERN)),
    Cloth("near arm", "coat", points=ARM, shaded=True, rim=0.01),
    Cloth("cuff", "fold", (ellipse(-0.034, 0.0, 0.013, 0.044),), on(Bone.NEAR_HAND), least=SMALL),
    Cloth(
        "near mitten",
        "mitten",
        (((0.03, -0.03), (0.045, 0.0), (0.03, 0.03), (-0.015, 0.036), (-0.032, 0.0), (-0.015, -0.036)),),
        on(Bone.NEAR_HAND),
        rim=0.009,
    ),
    Cloth("arm light", "warmth", points=ARM, least=SMALL),
    # The air.
    Cloth("breath", "breath", points=16, least=FINE),
    Cloth("puff 0", "puff", points=8),
    Cloth("puff 1", "puff", points=8),
    Cloth("puff 2", "puff", points=8),
    Cloth("puff 3", "puff", points=8),
    Cloth("flakes", "flakes", points=5, rings=FLAKES),
)
