"""Metal: drinks cans, food cans, foil, lids, aerosols."""

import math

from mathutils import Matrix, Vector

import artwork
import geometry
from geometry import lathe, refine_profile, round_corners
from materials import metal, solid

ALUMINIUM = (0.82, 0.82, 0.84)
TIN = (0.72, 0.72, 0.71)


def lying(rng):
    turn = rng.uniform(0, 2 * math.pi)
    return (math.cos(turn), math.sin(turn), rng.uniform(-0.1, 0.1))


def drinks_can_parts(rng, r=0.33, tall=1.17):
    """Printed wall, bare lid with tab and hole, bare bottom."""
    printed = metal("wall", picture=artwork.can_wrap(rng), roughness=0.24)
    bare = metal("aluminium", ALUMINIUM, 0.2, offset=geometry.random_offset(rng))
    wall = round_corners(
        [(r * 0.86, 0.05), (r, 0.13), (r, 0.2), (r, tall - 0.2), (r, tall - 0.14), (r * 0.83, tall - 0.03)], 2
    )
    parts = [
        lathe("wall", refine_profile(wall, 0.035), printed, 96),
        lathe(
            "bottom",
            round_corners([(0, 0.09), (r * 0.5, 0.07), (r * 0.66, 0.0), (r * 0.75, 0.0), (r * 0.86, 0.05)], 2),
            bare,
            96,
        ),
        lathe(
            "lid",
            round_corners(
                [
                    (r * 0.83, tall - 0.03),
                    (r * 0.86, tall),
                    (r * 0.82, tall + 0.01),
                    (r * 0.78, tall - 0.05),
                    (r * 0.7, tall - 0.05),
                    (r * 0.68, tall - 0.03),
                    (0, tall - 0.03),
                ],
                1,
            ),
            bare,
            96,
        ),
    ]
    if rng.random() < 0.85:
        hole = solid("hole", (12, 12, 12), 0.9)
        parts.append(
            lathe(
                "hole",
                [(0.0, tall - 0.026), (0.1, tall - 0.026)],
                hole,
                32,
                shape=lambda x, y, z, a: (x * 0.9 + 0.12, y, z),
            )
        )
    tab = [
        (-0.13 + 0.1 * math.cos(t * math.pi / 12) * 0.9 + 0.05, 0.065 * math.sin(t * math.pi / 12), tall - 0.012)
        for t in range(25)
    ]
    parts.append(geometry.tube("tab", tab, 0.016, bare, 8))
    parts.append(geometry.box("rivet", (0.14, 0.06, 0.02), bare, 0.008, centre=(0.0, 0, tall - 0.014)))
    return parts, r, tall


def drinks_can(rng):
    r, tall = rng.choice([(0.33, 1.17), (0.265, 1.5), (0.33, 1.65), (0.265, 1.35)])
    parts, r, tall = drinks_can_parts(rng, r, tall)
    if rng.random() < 0.6:
        geometry.deform(parts, geometry.dents(rng, tall, r, rng.randint(1, 3), 0.3))
    up = (rng.uniform(-0.2, 0.2), 0.1, 1) if rng.random() < 0.12 else lying(rng)
    return parts, up


def crushed_can(rng):
    parts, r, tall = drinks_can_parts(rng)
    geometry.deform(parts, geometry.crush(rng, tall, rng.uniform(0.5, 0.78), rng.uniform(0.09, 0.15)))
    return parts, lying(rng)


def flattened_can(rng):
    """Stamped flat along its axis: a disc with pleats."""
    parts, r, tall = drinks_can_parts(rng)
    folds, squeeze = rng.choice([3, 4]), rng.uniform(0.22, 0.42)
    offset = geometry.random_offset(rng)
    lean = rng.uniform(-0.35, 0.35)

    def press(p):
        t = p.z / tall
        radius = math.hypot(p.x, p.y)
        angle = math.atan2(p.y, p.x)
        if radius > r * 0.8:
            pleat = math.sin(t * folds * 2 * math.pi + 0.9 * math.sin(angle * 2 + offset.x)) * 0.05
            pleat += 0.05 * geometry.noise.noise(Vector((math.cos(angle), math.sin(angle), t * 3)) * 1.6 + offset)
            window = math.sin(math.pi * min(max(t, 0), 1)) ** 0.5
            p.x, p.y = p.x * (1 + pleat * window * 2.2), p.y * (1 + pleat * window * 2.2)
        p.z = p.z * squeeze + lean * p.x * t + 0.04 * geometry.noise.noise(p * 2 + offset) * t
        return p

    geometry.deform(parts, press)
    return parts, rng.choice([(0, 0, 1), (0, 0, 1), (0.2, 0.1, 1), (0, 0, -1)])


def food_can(rng):
    """A ribbed steel can: open, its lid perhaps hanging on; bare or with a paper wrap."""
    r = rng.choice([0.37, 0.37, 0.42, 0.5])
    tall = rng.choice([1.1, 1.0, 0.6]) if r < 0.45 else rng.choice([1.2, 0.5])
    steel = metal("steel", TIN, 0.24, offset=geometry.random_offset(rng), rust=rng.choice([0, 0, 0.5]), brushed=True)
    inside = metal("inside", rng.choice([(0.75, 0.75, 0.74), (0.7, 0.6, 0.35), (0.9, 0.9, 0.88)]), 0.35)
    wall = [(r - 0.01, 0.02), (r + 0.012, 0.0), (r + 0.012, 0.035), (r, 0.045)]
    for k in range(60):
        z = 0.06 + (tall - 0.12) * k / 59
        rib = 0.008 * math.cos(z * 75) if 0.25 < z / tall < 0.75 else 0.0
        wall.append((r + rib, z))
    wall += [(r, tall - 0.045), (r + 0.012, tall - 0.035), (r + 0.012, tall), (r - 0.012, tall)]
    parts = [
        lathe("wall", wall, steel, 90),
        lathe(
            "bottom",
            round_corners([(r - 0.01, 0.02), (r - 0.03, 0.03), (r * 0.7, 0.03), (r * 0.66, 0.045), (0, 0.045)], 1),
            steel,
            72,
        ),
    ]
    opened = rng.random() < 0.75
    if opened:
        parts.append(
            lathe(
                "inside",
                [(r - 0.012, tall), (r - 0.02, tall - 0.04)]
                + [(r - 0.02 + 0.006 * math.cos(z * 0.75), tall * (1 - z / 100)) for z in range(5, 93, 2)]
                + [(0, 0.07)],
                inside,
                72,
            )
        )
        if rng.random() < 0.6:
            lid = lathe(
                "lid",
                round_corners([(0, 0), (r * 0.5, 0), (r * 0.55, 0.012), (r * 0.85, 0.012), (r * 0.93, 0.0)], 1),
                steel,
                60,
                shape=lambda x, y, z, a: (x, y, z + 0.006 * math.sin(a * 9)),
            )
            lift = (
                Matrix.Translation((r - 0.03, 0, tall))
                @ Matrix.Rotation(rng.uniform(1.0, 1.9), 4, 'Y')
                @ Matrix.Translation((-r * 0.93, 0, 0))
            )
            geometry.transform([lid], lift)
            parts.append(lid)
    else:
        parts.append(
            lathe(
                "top",
                round_corners(
                    [
                        (r - 0.012, tall),
                        (r - 0.02, tall - 0.03),
                        (r * 0.75, tall - 0.03),
                        (r * 0.7, tall - 0.045),
                        (0, tall - 0.045),
                    ],
                    1,
                ),
                steel,
                72,
            )
        )
    if rng.random() < 0.55:
        paper = solid(
            "wrap", (255, 255, 255), 0.45, picture=artwork.food_wrap(rng), clearcoat=0.3, stains=rng.choice([0, 0.3])
        )
        parts.append(
            lathe(
                "wrap",
                [(r + 0.014, 0.07), (r + 0.014, tall - 0.07)],
                paper,
                90,
                angles=(0, rng.choice([2 * math.pi, 2 * math.pi, 4.2])),
            )
        )
    if rng.random() < 0.5:
        geometry.deform(parts[:1] + parts[2:], geometry.dents(rng, tall, r + 0.015, rng.randint(1, 2), 0.22))
    up = lying(rng)
    if rng.random() < 0.4:
        up = (0, 0, 1)
    return parts, up


def foil_ball(rng):
    surface = metal("foil", (0.86, 0.86, 0.87), 0.2, bump=0.35, bump_scale=9, offset=geometry.random_offset(rng))
    ball = geometry.sheet("foil", 2.6, 2.6, surface, 110, 110, sharp_degrees=28)
    geometry.deform([ball], geometry.crumple(rng, 1.7, 0.36, rng.randint(70, 110), rng.uniform(0.85, 1.0)))
    return [ball], (rng.gauss(0, 1), rng.gauss(0, 1), rng.gauss(0, 1))


def foil_sheet(rng):
    """A used, smoothed out piece of household foil."""
    surface = metal("foil", (0.86, 0.86, 0.87), 0.22, bump=0.5, bump_scale=5, offset=geometry.random_offset(rng))
    height = geometry.creases(rng, 60, 0.28, 1.6)
    wide, tall = rng.uniform(1.4, 2.2), rng.uniform(1.2, 1.8)
    offset = geometry.random_offset(rng)
    foil = geometry.sheet(
        "foil",
        wide,
        tall,
        surface,
        120,
        120,
        sharp_degrees=30,
        shape=lambda x, y: (x, y, height(x, y) + 0.25 * geometry.noise.noise(Vector((x, y, 0)) * 1.1 + offset)),
        inside=geometry.torn_outline(rng, wide, tall, 0.07),
    )
    return [foil], (0, 0, 1)


def foil_tray(rng):
    """A takeaway tray with pleated sides."""
    surface = metal("foil", (0.84, 0.84, 0.85), 0.22, bump=0.2, bump_scale=6, offset=geometry.random_offset(rng))
    deep, depth = rng.uniform(0.3, 0.5), rng.uniform(0.6, 1.0)
    reach = geometry.superellipse(1.0, depth, rng.choice([2.0, 5.0, 5.0]) if depth > 0.9 else 5.0)
    profile = round_corners(
        [
            (0, 0.0),
            (0.5, 0.0),
            (0.78, 0.01),
            (0.82, 0.06),
            (0.96, deep - 0.02),
            (1.02, deep),
            (1.08, deep),
            (1.1, deep + 0.02),
        ],
        2,
    )
    bend = geometry.random_offset(rng)
    amount = rng.uniform(0.05, 0.22)

    def pleats(x, y, z, angle):
        if 0.04 < z < deep - 0.01:
            k = 1 + 0.012 * math.cos(64 * angle)
            x, y = x * k, y * k
        p = Vector((x, y, z))
        p += geometry.noise.noise_vector(p * 1.3 + bend) * amount * (0.3 + z)
        return p

    parts = [
        lathe("tray", refine_profile(profile, 0.05), surface, 256, cross_section=reach, shape=pleats, sharp_degrees=50)
    ]
    if rng.random() < 0.4:
        sauce = solid("rest", rng.choice([(110, 50, 20), (150, 30, 10), (90, 70, 30)]), 0.35, bump=0.3)
        offset = geometry.random_offset(rng)

        def puddle(x, y, z, angle):
            reach = 1 + 0.35 * geometry.noise.noise(Vector((math.cos(angle), math.sin(angle), 0)) + offset)
            return pleats(x * reach, y * reach * depth, z + 0.01, angle)

        parts.append(
            lathe("rest", refine_profile([(0, 0.04), (0.35, 0.04), (0.55, -0.01)], 0.05), sauce, 48, shape=puddle)
        )
    return parts, rng.choice([(0, 0, 1), (0, 0, 1), (0.1, 0, -1)])


def jar_lid(rng):
    """A screw lid, seen from the top or from the inside."""
    r = rng.uniform(0.34, 0.44)
    colour = rng.choice(
        [(0.85, 0.65, 0.25), (0.85, 0.85, 0.86), (0.7, 0.04, 0.05), (0.06, 0.25, 0.1), (0.08, 0.12, 0.4)]
    )
    outside = metal("lid", colour, 0.27, bump=0.03, offset=geometry.random_offset(rng))
    inside = solid("inside", rng.choice([(228, 220, 196), (236, 236, 232), (206, 176, 110)]), 0.3)
    rough = lambda a: 1 + 0.006 * math.cos(70 * a)
    top = [
        (r * 0.96, 0.0),
        (r, 0.01),
        (r * 0.98, 0.03),
        (r * 0.98, 0.11),
        (r * 0.95, 0.14),
        (r * 0.86, 0.14),
        (r * 0.83, 0.125),
        (r * 0.4, 0.125),
        (r * 0.36, 0.118),
        (0, 0.118),
    ]
    low = [
        (r * 0.96, 0.0),
        (r * 0.95, 0.02),
        (r * 0.955, 0.1),
        (r * 0.9, 0.115),
        (r * 0.84, 0.1),
        (r * 0.8, 0.108),
        (0, 0.108),
    ]
    parts = [
        lathe("lid", round_corners(top, 2), outside, 140, cross_section=rough),
        lathe("inside", round_corners(low, 1), inside, 80),
    ]
    return parts, rng.choice([(0, 0, 1), (0, 0, 1), (0, 0, -1)])


def aerosol_can(rng):
    r, tall = rng.uniform(0.24, 0.3), rng.uniform(1.3, 1.9)
    printed = metal("wall", picture=artwork.can_wrap(rng, artwork.WASHING), roughness=0.25)
    bare = metal("bare", ALUMINIUM, 0.22)
    parts = [
        lathe("wall", [(r, 0.04), (r, tall)], printed, 80),
        lathe(
            "base",
            round_corners(
                [(0, 0.06), (r * 0.8, 0.04), (r * 0.95, 0.0), (r + 0.01, 0.01), (r + 0.01, 0.035), (r, 0.04)], 1
            ),
            bare,
            80,
        ),
        lathe(
            "dome",
            round_corners(
                [
                    (r, tall),
                    (r + 0.012, tall + 0.01),
                    (r + 0.01, tall + 0.035),
                    (r * 0.9, tall + 0.06),
                    (r * 0.6, tall + 0.15),
                    (r * 0.5, tall + 0.16),
                    (r * 0.5, tall + 0.2),
                    (r * 0.42, tall + 0.2),
                    (r * 0.3, tall + 0.16),
                    (0, tall + 0.16),
                ],
                1,
            ),
            bare,
            80,
        ),
    ]
    white = solid("nozzle", rng.choice([(240, 240, 238), (240, 240, 238), (30, 30, 32), (180, 30, 30)]), 0.4)
    if rng.random() < 0.55:
        parts.append(
            lathe(
                "nozzle",
                round_corners(
                    [
                        (0.05, tall + 0.1),
                        (0.05, tall + 0.22),
                        (0.1, tall + 0.22),
                        (0.1, tall + 0.33),
                        (0.08, tall + 0.36),
                        (0, tall + 0.35),
                    ],
                    1,
                ),
                white,
                40,
            )
        )
    else:
        parts.append(
            lathe(
                "cap",
                round_corners(
                    [(r * 0.95, tall + 0.03), (r * 0.93, tall + 0.4), (r * 0.85, tall + 0.46), (0, tall + 0.47)], 2
                ),
                white,
                60,
            )
        )
    if rng.random() < 0.4:
        geometry.deform(parts, geometry.dents(rng, tall, r, 1, 0.2))
    return parts, lying(rng)


KINDS = [
    drinks_can,
    food_can,
    crushed_can,
    foil_ball,
    aerosol_can,
    drinks_can,
    foil_tray,
    food_can,
    flattened_can,
    jar_lid,
    crushed_can,
    foil_sheet,
]
