"""Cardboard: corrugated boxes and sheets, printed cartons, rolls."""

import math

from mathutils import Matrix, Vector

import artwork
import geometry
from geometry import lathe, panel
from materials import fluted_edge, solid

TONES = [(186, 146, 100), (176, 134, 88), (196, 158, 112), (168, 128, 86)]


def kraft(rng, tone, marks):
    return solid(
        "kraft",
        tone,
        0.85,
        bump=0.12,
        bump_scale=4,
        picture=artwork.kraft_panel(rng, marks, tone),
        stains=rng.choice([0.0, 0.15, 0.35]),
        stain_colour=(110, 80, 50),
        offset=geometry.random_offset(rng),
    )


def tape_material(rng):
    return solid(
        "tape",
        rng.choice([(176, 128, 74), (160, 112, 60), (206, 178, 132), (226, 218, 200)]),
        0.22,
        clearcoat=0.5,
        bump=0.2,
        bump_scale=7,
    )


def closed_box(rng):
    tone = rng.choice(TONES)
    wide, deep, tall = rng.uniform(1.6, 3.0), rng.uniform(1.4, 2.2), rng.uniform(0.6, 1.8)
    plain, marked, edge = kraft(rng, tone, False), kraft(rng, tone, True), fluted_edge("edge", tone)
    x, y, thick = wide / 2, deep / 2, 0.05
    warp = 0.03
    parts = [
        panel("floor", (-x, y, 0), (wide, 0, 0), (0, -deep, 0), thick, plain, edge, rng=rng),
        panel("front", (-x, -y, 0), (wide, 0, 0), (0, 0, tall), thick, marked, edge, warp=warp, rng=rng),
        panel("back", (x, y, 0), (-wide, 0, 0), (0, 0, tall), thick, plain, edge, warp=warp, rng=rng),
        panel("left", (-x, y, 0), (0, -deep, 0), (0, 0, tall), thick, marked, edge, warp=warp, rng=rng),
        panel("right", (x, -y, 0), (0, deep, 0), (0, 0, tall), thick, plain, edge, warp=warp, rng=rng),
    ]
    gap = rng.uniform(0.015, 0.05)
    parts.append(panel("flap", (-x, -y, tall), (wide, 0, 0), (0, y - gap, 0), thick, marked, edge, warp=0.02, rng=rng))
    parts.append(
        panel(
            "flap",
            (x, y, tall),
            (-wide, 0, 0),
            (0, -y + gap, 0),
            thick,
            kraft(rng, tone, rng.random() < 0.5),
            edge,
            warp=0.02,
            rng=rng,
        )
    )
    parts.append(panel("under", (-x, -y, tall - 0.08), (wide, 0, 0), (0, deep, 0), 0.02, plain, rng=rng))
    if rng.random() < 0.8:
        half, level, down = 0.13, tall + 0.062, 0.4
        tape = tape_material(rng)
        parts.append(
            geometry.sheet(
                "tape",
                wide + 2 * down,
                2 * half,
                tape,
                60,
                2,
                shape=lambda a, b: (max(-x - 0.04, min(x + 0.04, a)), b, level - max(0.0, abs(a) - x - 0.04)),
            )
        )
    bend = geometry.random_offset(rng)
    amount = rng.choice([0.02, 0.06, 0.14])
    geometry.deform(parts, lambda p: p + geometry.noise.noise_vector(p * 0.55 + bend) * amount)
    return parts, (0, 0, 1)


def open_box(rng):
    tone = rng.choice(TONES)
    wide, deep, tall = rng.uniform(1.6, 2.6), rng.uniform(1.4, 2.0), rng.uniform(0.7, 1.4)
    plain, marked, edge = kraft(rng, tone, False), kraft(rng, tone, True), fluted_edge("edge", tone)
    x, y, thick = wide / 2, deep / 2, 0.05
    parts = [panel("floor", (-x, y, 0), (wide, 0, 0), (0, -deep, 0), thick, plain, edge, rng=rng)]
    walls = [
        ((-x, -y), (wide, 0), (0, -1)),
        ((x, y), (-wide, 0), (0, 1)),
        ((-x, y), (0, -deep), (-1, 0)),
        ((x, -y), (0, deep), (1, 0)),
    ]
    for k, ((ox, oy), (ax, ay), (nx, ny)) in enumerate(walls):
        parts.append(
            panel(
                "wall",
                (ox, oy, 0),
                (ax, ay, 0),
                (0, 0, tall),
                thick,
                marked if k % 2 else plain,
                edge,
                warp=0.03,
                rng=rng,
            )
        )
        if rng.random() < 0.9:
            angle = rng.uniform(-1.1, 0.6)
            reach = min(deep, wide) * 0.48
            up = (nx * reach * math.cos(angle), ny * reach * math.cos(angle), reach * math.sin(angle))
            parts.append(
                panel(
                    "flap",
                    (ox + nx * 0.02, oy + ny * 0.02, tall),
                    (ax, ay, 0),
                    up,
                    thick,
                    marked if rng.random() < 0.5 else plain,
                    edge,
                    warp=0.05,
                    rng=rng,
                )
            )
    bend = geometry.random_offset(rng)
    amount = rng.choice([0.03, 0.1])
    geometry.deform(parts, lambda p: p + geometry.noise.noise_vector(p * 0.55 + bend) * amount)
    floor_low = min(v.co.z for v in parts[0].data.vertices)
    geometry.deform(parts, lambda p: Vector((p.x, p.y, max(p.z, floor_low))))
    return parts, (0, 0, 1)


def flattened_box(rng):
    """A box folded flat: two layers with the slits of the flaps."""
    tone = rng.choice(TONES)
    wide, tall, flap = rng.uniform(2.2, 3.2), rng.uniform(1.2, 1.8), rng.uniform(0.5, 0.7)
    plain, marked, edge = kraft(rng, tone, False), kraft(rng, tone, True), fluted_edge("edge", tone)
    split = wide * rng.uniform(0.5, 0.65)
    parts = []
    for layer, z in ((0, 0.0), (1, 0.07)):
        material = marked if layer else plain
        shift = rng.uniform(-0.06, 0.06)
        for x0, x1 in ((-wide / 2, -wide / 2 + split), (-wide / 2 + split, wide / 2)):
            x0, x1 = x0 + shift, x1 + shift
            parts.append(
                panel(
                    "side",
                    (x0, -tall / 2, z),
                    (x1 - x0, 0, 0),
                    (0, tall, 0),
                    0.05,
                    material if x0 < -wide / 4 else plain,
                    edge,
                    warp=0.03,
                    rng=rng,
                )
            )
            for sign in (-1, 1):
                if rng.random() < 0.9:
                    lift = rng.uniform(0.0, 0.35) if layer else rng.uniform(0, 0.03)
                    across, up = (x1 - x0 - 0.06, 0, 0), (0, sign * flap, lift * flap)
                    origin = (x0 + 0.03, sign * (tall / 2 + 0.012), z)
                    if sign < 0:
                        origin, across = (x1 - 0.03, origin[1], z), (-across[0], 0, 0)
                    parts.append(
                        panel(
                            "flap",
                            origin,
                            across,
                            up,
                            0.05,
                            marked if rng.random() < 0.25 else plain,
                            edge,
                            warp=0.04,
                            rng=rng,
                        )
                    )
    bend = geometry.random_offset(rng)
    geometry.deform(
        parts, lambda p: p + Vector((0, 0, 0.14 * geometry.noise.noise(Vector((p.x, p.y, 0)) * 0.6 + bend)))
    )
    return parts, (0, 0, 1)


def torn_sheet(rng):
    """A torn piece of corrugated board: liners and the fluting between them."""
    tone = rng.choice(TONES)
    wide, tall = rng.uniform(1.6, 2.8), rng.uniform(1.3, 2.2)
    top = kraft(rng, tone, rng.random() < 0.6)
    core = solid("fluting", tuple(int(c * 0.86) for c in tone), 0.9, offset=geometry.random_offset(rng))
    under = kraft(rng, tone, False)
    torn = [rng.random() < 0.7 for _ in range(4)]
    if not any(torn):
        torn[0] = True
    bend = geometry.random_offset(rng)
    crease_angle, crease_at, crease = rng.uniform(0, 3.14), rng.uniform(-0.3, 0.3), rng.choice([0, 0.25, 0.6])

    def curve(x, y):
        z = 0.12 * geometry.noise.noise(Vector((x, y, 0)) * 0.7 + bend)
        away = x * math.cos(crease_angle) + y * math.sin(crease_angle) - crease_at
        return z + crease * max(0.0, away) * 0.6

    flute = 75.0
    peel = geometry.torn_outline(rng, wide, tall, rng.uniform(0.1, 0.2), torn)
    tear = geometry.torn_outline(rng, wide, tall, 0.06, torn)
    base = geometry.torn_outline(rng, wide, tall, 0.04, torn)
    parts = [
        geometry.sheet("under", wide, tall, under, 130, 100, lambda x, y: (x, y, curve(x, y)), base),
        geometry.sheet(
            "fluting",
            wide,
            tall,
            core,
            330,
            50,
            lambda x, y: (x, y, curve(x, y) + 0.027 + 0.02 * math.sin(x * flute)),
            tear,
        ),
        geometry.sheet("top", wide, tall, top, 130, 100, lambda x, y: (x, y, curve(x, y) + 0.052), peel),
    ]
    return parts, (0, 0, 1)


def board_sheet(rng):
    """A cut rectangle of corrugated board with the fluting at its edge, perhaps folded."""
    tone = rng.choice(TONES)
    plain, marked, edge = kraft(rng, tone, False), kraft(rng, tone, True), fluted_edge("edge", tone)
    wide, tall = rng.uniform(1.6, 2.8), rng.uniform(1.0, 1.9)
    parts = [
        panel(
            "board",
            (-wide / 2, -tall / 2, 0),
            (wide, 0, 0),
            (0, tall, 0),
            0.06,
            marked if rng.random() < 0.6 else plain,
            edge,
            warp=0.12,
            divisions=16,
            rng=rng,
        )
    ]
    if rng.random() < 0.6:
        angle = rng.uniform(0.2, 1.9)
        reach = rng.uniform(0.4, 1.0)
        parts.append(
            panel(
                "fold",
                (wide / 2, -tall / 2, 0),
                (0, tall, 0),
                (-reach * math.cos(angle + 1.57), 0, reach * math.sin(angle)),
                0.06,
                plain,
                edge,
                warp=0.05,
                rng=rng,
            )
        )
        geometry.transform([parts[1]], Matrix.Translation((0.02, 0, 0)))
    if rng.random() < 0.4:
        tape = tape_material(rng)
        y = rng.uniform(-0.3, 0.3) * tall
        parts.append(
            panel(
                "tape",
                (-wide / 2, y, 0.038),
                (wide * rng.uniform(0.4, 1), 0, 0),
                (0, 0.3, 0),
                0.004,
                tape,
                divisions=16,
            )
        )
    return parts, (0, 0, 1)


def carton(rng):
    """A printed folding carton: cereal, tea, pasta; squashed a little; some with open tops."""
    wide, tall, deep = rng.choice([(1.9, 2.8, 0.6), (1.2, 1.7, 0.7), (1.5, 2.1, 0.5), (0.9, 1.5, 0.6)])
    face = artwork.carton_face(rng)
    front = solid("front", (255, 255, 255), 0.35, picture=face, clearcoat=0.25, bump=0.06, bump_scale=3)
    side_tone = rng.choice(artwork.BRIGHT)
    side = solid("side", side_tone, 0.35, clearcoat=0.25)
    grey = solid("inside", rng.choice([(170, 156, 136), (190, 180, 164)]), 0.85)
    x, y, thick = wide / 2, tall / 2, 0.016
    parts = [
        panel("front", (-x, -y, deep), (wide, 0, 0), (0, tall, 0), thick, front, grey, warp=0.03, rng=rng),
        panel("back", (x, -y, 0), (-wide, 0, 0), (0, tall, 0), thick, front, grey, rng=rng),
        panel("left", (-x, -y, 0), (0, 0, deep), (0, tall, 0), thick, side, grey, warp=0.03, rng=rng),
        panel("right", (x, -y, deep), (0, 0, -deep), (0, tall, 0), thick, side, grey, warp=0.03, rng=rng),
        panel("bottom", (-x, -y, 0), (wide, 0, 0), (0, 0, deep), thick, side, grey, rng=rng),
    ]
    if rng.random() < 0.6:
        for z, sign in ((deep, 1), (0.0, -1)):
            angle = rng.uniform(0.1, 1.2) * (1 if sign > 0 else 0.2)
            parts.append(
                panel(
                    "flap",
                    (-x, y, z),
                    (wide, 0, 0),
                    (0, deep * 0.9 * math.cos(angle), sign * deep * 0.9 * math.sin(angle)),
                    thick,
                    grey if rng.random() < 0.5 else side,
                    grey,
                    warp=0.04,
                    rng=rng,
                )
            )
        for side_x in (-x, x):
            lean = rng.uniform(0.1, 0.6) * (1 if side_x > 0 else -1)
            parts.append(
                panel(
                    "ear",
                    (side_x, y, 0),
                    (0, 0, deep),
                    (deep * 0.7 * math.sin(lean), deep * 0.7 * math.cos(lean), 0),
                    thick,
                    grey,
                    grey,
                    rng=rng,
                )
            )
    else:
        parts.append(panel("top", (-x, y, 0), (wide, 0, 0), (0, 0, deep), thick, side, grey, rng=rng))
    squash = rng.choice([0.0, 0.2, 0.5])
    bend = geometry.random_offset(rng)
    lean = rng.uniform(-0.5, 0.5) * (squash > 0)

    def crush(p):
        n = geometry.noise.noise_vector(Vector((p.x, p.y, 0)) * 0.9 + bend)
        near = 0.5 + 0.5 * geometry.noise.noise(Vector((p.x, p.y, 5)) * 0.8 + bend)
        z = p.z * (1 - squash * near)
        return Vector((p.x + lean * (p.z - z + 0.3 * p.z * squash), p.y, z)) + n * 0.05

    geometry.deform(parts, crush)
    return parts, (0, 0, 1)


def roll_tube(rng):
    """The tube of a toilet or kitchen roll, some squashed."""
    r, tall = 0.22, rng.choice([1.0, 1.0, 1.9])
    tone = rng.choice([(176, 142, 104), (160, 132, 100), (188, 160, 124)])
    wall = solid("tube", tone, 0.9, bump=0.1, bump_scale=20, stains=0.2, offset=geometry.random_offset(rng))
    profile = geometry.refine_profile([(r, 0), (r, tall), (r - 0.015, tall), (r - 0.015, 0), (r, 0)], 0.06)
    tube = lathe("tube", profile, wall, 72, sharp_degrees=40)
    parts = [tube]
    seam = solid("seam", tuple(int(c * 0.72) for c in tone), 0.9)
    line = []
    for k in range(61):
        t = k / 60
        angle = 2 * math.pi * t * tall / 1.1
        line.append(((r + 0.001) * math.cos(angle), (r + 0.001) * math.sin(angle), t * tall))
    parts.append(geometry.tube("seam", line, 0.004, seam, 5))
    rest = rng.random()
    if rest < 0.5:
        white = solid("rest", (240, 238, 232), 0.9, bump=0.3, bump_scale=12)
        parts.append(
            lathe("rest", [(r + 0.006, 0.01), (r + 0.006, tall - 0.01)], white, 30, angles=(0.4, rng.uniform(1.0, 2.6)))
        )
    if rng.random() < 0.6:
        geometry.deform(parts, geometry.crush(rng, tall, rng.uniform(0.3, 0.75), 0.03, 1.2))
    turn = rng.uniform(0, 6.28)
    return parts, (math.cos(turn), math.sin(turn), 0)


KINDS = [
    closed_box,
    torn_sheet,
    carton,
    flattened_box,
    open_box,
    roll_tube,
    board_sheet,
    carton,
    closed_box,
    torn_sheet,
]
