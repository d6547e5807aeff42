"""Residual waste: wrappers, used napkins, peel, nappies, foam, cigarettes, used cups, small things."""

import math

import bmesh
from mathutils import Matrix, Vector

import artwork
import geometry
from geometry import lathe, refine_profile, round_corners
from materials import film, metal, solid


def snack_bag(rng):
    """An empty crisp packet with crimped ends: a crushed pillow of metallised film."""
    wide, tall = rng.choice([(1.5, 2.0), (1.8, 2.4), (1.2, 1.7)])
    printed = metal(
        "bag",
        picture=artwork.snack_print(rng),
        roughness=0.26,
        bump=0.3,
        bump_scale=4,
        offset=geometry.random_offset(rng),
    )
    back = metal("back", (0.75, 0.75, 0.77), 0.25, bump=0.3, bump_scale=4)
    puff = rng.uniform(0.12, 0.3)
    parts = []
    for side, material in ((1, printed), (-1, back)):
        height = geometry.creases(rng, 34, 0.34, 1.7)
        offset = geometry.random_offset(rng)

        def pillow(x, y, side=side, height=height, offset=offset):
            u, v = 2 * x / wide, 2 * y / tall
            round_off = max(0.0, 1 - u**4) * max(0.0, 1 - (abs(v) / 0.9) ** 6) if abs(v) < 0.9 else 0.0
            crimp = 0.012 * math.sin(y * 120) if abs(v) > 0.9 else 0.0
            rumple = (height(x, y) + 0.13 * abs(geometry.noise.noise(Vector((x * 2, y * 2, 0)) + offset))) * (
                0.3 + 0.7 * round_off
            )
            sway = geometry.noise.noise_vector(Vector((x, y, 0)) * 0.7 + Vector((3, 1, 7))) * 0.12
            return (
                x * (1 - 0.07 * round_off) + sway.x,
                y + sway.y,
                side * round_off * puff + crimp + rumple * (1 if side > 0 else 0.4) + sway.z,
            )

        parts.append(geometry.sheet("bag", wide, tall, material, 90, 120, pillow, sharp_degrees=40))
    return parts, (0, 0, rng.choice([1, 1, 1, -1]))


def crumpled_wrapper(rng):
    """A screwed up sweet or chocolate wrapper, print outside."""
    printed = metal(
        "wrapper",
        picture=artwork.snack_print(rng),
        roughness=0.24,
        bump=0.4,
        bump_scale=7,
        offset=geometry.random_offset(rng),
    )
    part = geometry.sheet("wrapper", 1.6, 2.0, printed, 100, 110, sharp_degrees=28)
    geometry.deform(
        [part], geometry.crumple(rng, 1.2, rng.uniform(0.4, 0.55), rng.randint(40, 70), rng.uniform(0.5, 0.8))
    )
    return [part], (0, 0, 1)


def candy_wrapper(rng):
    """A sweet's wrapper: a bar with its two ends torn or twisted."""
    long, wide = rng.uniform(1.2, 1.8), rng.uniform(0.4, 0.6)
    base, accent = artwork.two_colours(rng)
    canvas = artwork.Canvas(900, 330, base)
    canvas.rect(0, 0, 110, 330, (205, 206, 210))
    canvas.rect(790, 0, 900, 330, (205, 206, 210))
    canvas.ellipse(450, 165, 290, 120, accent)
    canvas.fitted_text(450, 205, rng.choice(artwork.BRANDS).upper(), 440, 120, artwork.contrast(accent))
    printed = metal("wrapper", picture=canvas.image("candy"), roughness=0.25, bump=0.3, bump_scale=7)
    height = geometry.creases(rng, 26, 0.5, 1.0)
    offset = geometry.random_offset(rng)
    inside = geometry.torn_outline(rng, long, wide, 0.05, (True, rng.random() < 0.5, False, False))

    def bar(x, y):
        u = 2 * x / long
        pinch = 1 - 0.45 * math.exp(-(((abs(u) - 0.72) / 0.12) ** 2))
        dome = 0.16 * max(0.0, 1 - (2 * y / wide) ** 2) * max(0.0, 1 - (abs(u) / 0.85) ** 4)
        z = dome + 0.7 * height(x, y) + 0.1 * geometry.noise.noise(Vector((x, y, 0)) * 2 + offset)
        bend = 0.25 * geometry.noise.noise(Vector((x * 0.7, 0, 0)) + offset)
        return (x, y * pinch + bend, z)

    return [geometry.sheet("wrapper", long, wide, printed, 120, 50, bar, inside, sharp_degrees=35)], (0, 0, 1)


def used_napkin(rng):
    """A used paper towel, brownish, stained, loosely crumpled."""
    tone = rng.choice([(186, 160, 126), (172, 146, 112), (236, 232, 224), (198, 172, 140)])
    paper = solid(
        "napkin",
        tone,
        0.95,
        bump=0.35,
        bump_scale=38,
        stains=rng.uniform(0.5, 0.85),
        stain_scale=rng.uniform(0.7, 1.3),
        stain_colour=rng.choice([(90, 56, 28), (130, 50, 24), (110, 80, 30)]),
        offset=geometry.random_offset(rng),
    )
    sheet = geometry.sheet("napkin", 2.4, 2.2, paper, 110, 100, sharp_degrees=50)
    geometry.deform(
        [sheet], geometry.crumple(rng, 1.5, rng.uniform(0.45, 0.55), rng.randint(40, 60), rng.uniform(0.7, 0.9))
    )
    return [sheet], (0, 0, 1)


def banana_peel(rng):
    """Three or four strips from one stalk, yellow outside, spotted brown."""
    yellow = solid(
        "peel",
        rng.choice([(226, 186, 44), (208, 164, 40), (190, 150, 50)]),
        0.5,
        stains=rng.uniform(0.6, 0.95),
        stain_scale=rng.uniform(1.5, 2.6),
        stain_colour=(62, 40, 20),
        bump=0.15,
        bump_scale=8,
        offset=geometry.random_offset(rng),
    )
    pale = solid(
        "inner",
        (232, 214, 160),
        0.7,
        stains=0.6,
        stain_colour=(150, 110, 60),
        bump=0.3,
        bump_scale=12,
        offset=geometry.random_offset(rng),
    )
    parts = []
    count = rng.choice([3, 4, 4])
    for k in range(count):
        angle = 2 * math.pi * k / count + rng.uniform(-0.3, 0.3)
        long, bend = rng.uniform(1.2, 1.7), rng.uniform(-0.7, 0.7)
        wave = rng.uniform(0, 6)
        for layer, material in ((0, yellow), (1, pale)):

            def strip(x, y, layer=layer, angle=angle, long=long, bend=bend, wave=wave):
                t = x / long + 0.5
                half = 0.26 * math.sin(math.pi * min(1.0, 0.14 + 0.82 * t)) ** 0.7 * y / 0.25
                lift = 0.16 * math.exp(-t * 6) + 0.035 * math.sin(t * 7 + wave) * t
                arch = 0.13 * (1 - (y / 0.25) ** 2) if bend > 0 else 0.13 * (y / 0.25) ** 2
                turn = angle + bend * t
                along = 0.08 + t * long
                c, s = math.cos(turn), math.sin(turn)
                shade_side = (arch if bend > 0 else arch) + lift + (0.03 if (layer == 0) == (bend > 0) else 0.0)
                return (c * along - s * half, s * along + c * half, shade_side + 0.02)

            parts.append(geometry.sheet("strip", long, 0.5, material, 40, 14, strip))
    stalk = solid("stalk", (120, 96, 40), 0.7, stains=0.7, stain_colour=(50, 34, 18))
    lean = rng.uniform(0, 6.28)
    parts.append(
        geometry.tube(
            "stalk",
            [
                (0, 0, 0.1),
                (0.03, 0, 0.25),
                (0.12 * math.cos(lean), 0.12 * math.sin(lean), 0.4),
                (0.25 * math.cos(lean), 0.25 * math.sin(lean), 0.5),
            ],
            lambda t: 0.14 - 0.07 * t,
            stalk,
            12,
        )
    )
    return parts, (0, 0, 1)


def orange_peel(rng):
    """Pieces of peel: cut out of a ball, white inside."""
    skin = solid(
        "skin",
        rng.choice([(232, 120, 20), (240, 140, 30), (226, 196, 50)]),
        0.45,
        bump=0.5,
        bump_scale=34,
        offset=geometry.random_offset(rng),
    )
    pith = solid(
        "pith",
        (240, 222, 184),
        0.85,
        bump=0.3,
        bump_scale=14,
        stains=0.3,
        stain_colour=(214, 150, 70),
        offset=geometry.random_offset(rng),
    )
    parts = []
    for piece in range(rng.randint(2, 4)):
        span = rng.uniform(0.7, 1.25)
        r = 0.4
        edge = [rng.uniform(0.75, 1.1) for _ in range(9)]
        flip = rng.random() < 0.5
        turn = Matrix.Rotation(rng.uniform(0, 6.28), 3, 'Z')
        slip = Vector((rng.uniform(-0.5, 0.5) + (piece % 2) * 0.35, rng.uniform(-0.5, 0.5), 0.05 * piece))
        for layer, material in ((0, skin), (1, pith)):
            rows, columns = 16, 54
            vertices = []
            for j in range(rows + 1):
                for i in range(columns):
                    a = i / columns * 9
                    reach = edge[int(a) % 9] + (edge[(int(a) + 1) % 9] - edge[int(a) % 9]) * (a - int(a))
                    polar = span * reach * j / rows + 1e-4
                    radius = r - 0.035 * layer * min(1.0, (rows - j) / 2)
                    angle = 2 * math.pi * i / columns
                    p = Vector(
                        (
                            radius * math.sin(polar) * math.cos(angle) * 1.2,
                            radius * math.sin(polar) * math.sin(angle) * 0.85,
                            radius * math.cos(polar) * 0.8,
                        )
                    )
                    if flip:
                        p.z = -p.z
                    vertices.append(turn @ p + slip)
            parts.append(
                geometry.mesh_object("piece", vertices, geometry.grid_faces(columns, rows + 1, wrap=True), material)
            )
        low = min(v.co.z for part in parts[-2:] for v in part.data.vertices)
        geometry.transform(parts[-2:], Matrix.Translation((0, 0, -low + 0.02 * piece)))
    return parts, (0, 0, 1)


def apple_core(rng):
    skin_tone = rng.choice([(176, 36, 34), (150, 170, 50), (196, 90, 40)])
    skin = solid("skin", skin_tone, 0.3, clearcoat=0.4, stains=0.3, offset=geometry.random_offset(rng))
    flesh = solid(
        "flesh",
        (226, 202, 150),
        0.6,
        stains=0.75,
        stain_colour=(142, 92, 44),
        stain_scale=2.2,
        bump=0.5,
        bump_scale=10,
        offset=geometry.random_offset(rng),
    )
    offset = geometry.random_offset(rng)

    def bite(x, y, z, a):
        return Vector((x, y, z)) * (1 + 0.22 * geometry.noise.noise(Vector((x, y, z)) * 5 + offset))

    top = [(0.02, 0.98), (0.1, 1.02), (0.22, 1.01), (0.3, 0.95), (0.3, 0.9), (0.26, 0.85)]
    bottom = [(0.24, 0.22), (0.28, 0.16), (0.26, 0.08), (0.16, 0.03), (0.08, 0.05), (0.02, 0.1)]
    middle = [(0.27, 0.86), (0.2, 0.78), (0.13, 0.66), (0.12, 0.5), (0.13, 0.4), (0.19, 0.28), (0.25, 0.21)]
    parts = [
        lathe("top", round_corners(top, 2), skin, 48),
        lathe("bottom", round_corners(bottom, 2), skin, 48),
        lathe("middle", refine_profile(round_corners(middle, 2), 0.03), flesh, 56, shape=bite),
    ]
    stalk = solid("stalk", (80, 56, 30), 0.8)
    parts.append(geometry.tube("stalk", [(0, 0, 0.95), (0.02, 0.01, 1.1), (0.06, 0.03, 1.26)], 0.018, stalk, 8))
    turn = rng.uniform(0, 6.28)
    return parts, (math.cos(turn), math.sin(turn), 0)


def nappy(rng):
    """A rolled up used nappy with its tapes."""
    white = solid(
        "nappy",
        (236, 234, 230),
        0.85,
        bump=0.4,
        bump_scale=9,
        stains=0.25,
        stain_colour=(206, 190, 130),
        stain_scale=1.0,
        offset=geometry.random_offset(rng),
    )
    band = solid("band", rng.choice([(90, 160, 200), (230, 160, 180), (240, 200, 90), (120, 190, 140)]), 0.6)
    offset = geometry.random_offset(rng)

    def roll(d):
        boxy = (abs(d.x) ** 5 + abs(d.y) ** 5 + abs(d.z) ** 5) ** (-1 / 5) * 0.8
        ridge = abs(geometry.noise.noise(d * 2.3 + offset)) * 0.35 + abs(geometry.noise.noise(d * 5.5 + offset)) * 0.12
        return boxy * (1.12 - ridge)

    body = geometry.lump("nappy", 1.0, white, 5, roll)
    geometry.transform([body], Matrix.Diagonal((0.95, 0.58, 0.42, 1)))
    parts = [body]
    for x in (-0.28, 0.28):
        strip = []
        for k in range(25):
            a = math.pi * (0.1 + 0.8 * k / 24)
            strip.append((x, 0.6 * math.cos(a), 0.43 * math.sin(a)))
        vertices, reach = [], rng.uniform(0.07, 0.12)
        for px, py, pz in strip:
            vertices += [(px - reach, py, pz), (px + reach, py, pz)]
        faces = [(2 * k, 2 * k + 1, 2 * k + 3, 2 * k + 2) for k in range(24)]
        parts.append(geometry.mesh_object("tape", vertices, faces, band))
    for side in (-1, 1):
        rim = geometry.lump("frill", 0.3, white, 4, lambda d: 1 - 0.5 * abs(geometry.noise.noise(d * 4 + offset)))
        geometry.transform([rim], Matrix.Translation((side * 0.72, 0, 0.0)) @ Matrix.Diagonal((1.0, 1.6, 1.15, 1)))
        parts.append(rim)
    return parts, (0, 0, 1)


def foam_piece(rng):
    """A broken block of packing foam: white beads."""
    foam = solid(
        "foam",
        (242, 242, 240),
        0.8,
        bump=0.0,
        stains=0.2,
        stain_colour=(150, 140, 120),
        offset=geometry.random_offset(rng),
    )
    offset = geometry.random_offset(rng)
    sizes = Vector((rng.uniform(0.8, 1.2), rng.uniform(0.5, 0.8), rng.uniform(0.2, 0.4)))
    cut = Vector((rng.uniform(-1, 1), rng.uniform(-1, 1), rng.uniform(-0.3, 0.3))).normalized()

    def beads(d):
        boxy = (abs(d.x) ** 9 + abs(d.y) ** 9 + abs(d.z) ** 9) ** (-1 / 9)
        return boxy

    block = geometry.lump("foam", 1.0, foam, 6, beads)

    def break_off(p):
        p = Vector((p.x * sizes.x, p.y * sizes.y, p.z * sizes.z))
        broken = 0.62 + 0.16 * geometry.noise.noise(p * 1.7 + offset)
        over = p.dot(cut) - broken * sizes.x * 0.8
        rough = 0.03
        if over > 0:
            p = p - cut * over * 0.93
            rough = 0.1
        cell = geometry.noise.voronoi(p * 13 + offset)[0][0]
        outward = p.normalized()
        return p - outward * rough * cell * 1.1

    geometry.deform([block], break_off)
    parts = [block]
    for _ in range(rng.randint(3, 12)):
        bead = geometry.lump("bead", rng.uniform(0.02, 0.035), foam, 2)
        geometry.transform([bead], Matrix.Translation((rng.gauss(0, 0.9), rng.gauss(0, 0.8), -sizes.z + 0.02)))
        parts.append(bead)
    return parts, (0, 0, 1)


def cigarette_pack(rng):
    """A crushed packet, with a few butts beside it."""
    face = artwork.cigarette_print(rng)
    card = solid("pack", (255, 255, 255), 0.35, picture=face, clearcoat=0.4)
    pack = geometry.box("pack", (0.56, 0.88, 0.23), card, 0.012)
    work = bmesh.new()
    work.from_mesh(pack.data)
    bmesh.ops.subdivide_edges(work, edges=[e for e in work.edges if e.calc_length() > 0.1], cuts=12, use_grid_fill=True)
    work.to_mesh(pack.data)
    work.free()
    offset, crushed = geometry.random_offset(rng), rng.uniform(0.05, 0.5)
    geometry.deform(
        [pack],
        lambda p: Vector((p.x, p.y, p.z * (1 - crushed * (0.5 + 0.5 * geometry.noise.noise(p * 2 + offset)))))
        + geometry.noise.noise_vector(p * 2.2 + offset) * 0.12 * crushed,
    )
    parts = [pack]
    for k in range(rng.randint(1, 4)):
        parts += _butt(rng, (rng.choice([-1, 1]) * rng.uniform(0.42, 0.75), rng.uniform(-0.5, 0.5), -0.08))
    return parts, (0, 0, 1)


def _butt(rng, place, size=1.0):
    """One cigarette end: filter, a rest of paper, ash."""
    filter_paper = solid("filter", (206, 142, 72), 0.8, stains=0.5, offset=geometry.random_offset(rng))
    white = solid("paper", (236, 232, 224), 0.85, stains=0.4, offset=geometry.random_offset(rng))
    ash = solid("ash", (46, 42, 40), 0.95, bump=0.8, bump_scale=40)
    turn, bend, rest = rng.uniform(0, 6.28), rng.uniform(-0.5, 0.5), rng.uniform(0.04, 0.2)

    def point(t):
        a = turn + bend * t
        return Vector(place) + Vector((math.cos(a), math.sin(a), 0)) * t * size

    reach = 0.038 * size
    return [
        geometry.tube("filter", [point(0.25 * k / 4) for k in range(5)], reach, filter_paper, 14),
        geometry.tube(
            "paper",
            [point(0.25 + rest * k / 4) for k in range(5)],
            lambda t: reach * (1 - 0.12 * math.sin(9 * t) ** 2),
            white,
            14,
        ),
        geometry.tube(
            "ash", [point(0.25 + rest + 0.035 * k / 2) for k in range(3)], lambda t: reach * (0.95 - 0.4 * t), ash, 14
        ),
    ]


def cigarette_butts(rng):
    parts = []
    for _ in range(rng.randint(4, 9)):
        parts += _butt(rng, (rng.gauss(0, 0.35), rng.gauss(0, 0.3), 0.038), 1.0)
    return parts, (0, 0, 1)


def dirty_cup(rng):
    """A used paper coffee cup, some with a plastic lid, with brown drips."""
    r, tall = rng.uniform(0.4, 0.45), rng.uniform(1.0, 1.4)
    taper = 0.68
    outside = solid(
        "cup",
        (255, 255, 255),
        0.6,
        picture=artwork.cup_print(rng),
        stains=rng.uniform(0.4, 0.8),
        stain_colour=(92, 56, 26),
        stain_scale=1.0,
        offset=geometry.random_offset(rng),
    )
    white = solid(
        "inner",
        (236, 230, 218),
        0.6,
        stains=0.9,
        stain_colour=(96, 60, 30),
        stain_scale=0.9,
        offset=geometry.random_offset(rng),
    )
    parts = [
        lathe("wall", refine_profile([(r * taper, 0.0), (r, tall)], 0.06), outside, 72),
        lathe(
            "rim",
            round_corners(
                [
                    (r, tall),
                    (r + 0.025, tall + 0.005),
                    (r + 0.02, tall + 0.035),
                    (r - 0.01, tall + 0.025),
                    (r - 0.012, tall),
                ],
                1,
            ),
            white,
            72,
        ),
        lathe("inner", refine_profile([(r - 0.012, tall), (r * taper - 0.012, 0.06), (0, 0.06)], 0.06), white, 72),
    ]
    if rng.random() < 0.55:
        lid = solid(
            "lid",
            rng.choice([(240, 240, 238), (28, 26, 26)]),
            0.35,
            stains=0.35,
            stain_colour=(92, 56, 26),
            offset=geometry.random_offset(rng),
        )
        parts.append(
            lathe(
                "lid",
                round_corners(
                    [
                        (r + 0.04, tall - 0.02),
                        (r + 0.045, tall + 0.05),
                        (r + 0.01, tall + 0.06),
                        (r - 0.03, tall + 0.14),
                        (r - 0.07, tall + 0.14),
                        (r - 0.09, tall + 0.08),
                        (0, tall + 0.08),
                    ],
                    2,
                ),
                lid,
                72,
            )
        )
    if rng.random() < 0.65:
        geometry.deform(parts, geometry.crush(rng, tall, rng.uniform(0.25, 0.6), 0.05, 1.4))
    turn = rng.uniform(0, 6.28)
    return parts, (math.cos(turn), math.sin(turn), 0)


def toothbrush(rng):
    tone = rng.choice([(40, 110, 200), (220, 60, 90), (60, 170, 110), (240, 240, 240), (150, 90, 190)])
    handle = solid("handle", tone, 0.3, clearcoat=0.3)
    grip = solid("grip", rng.choice([(240, 240, 240), (40, 40, 60), (250, 190, 60)]), 0.6)
    wave = rng.uniform(0.01, 0.04)
    line = [(t / 20 * 1.8 - 0.9, wave * math.sin(t * 0.5), 0.06 + 0.02 * math.sin(t * 0.33)) for t in range(21)]
    parts = [
        geometry.tube("handle", line, lambda t: 0.058 if t < 0.6 else 0.032 + 0.02 * (t > 0.84), handle, 14),
        geometry.tube(
            "grip",
            [line[3], line[5], line[7], line[9]],
            lambda t: 0.066 * (0.9 + 0.1 * math.sin(math.pi * t)),
            grip,
            14,
        ),
    ]
    bristle_tones = [(245, 245, 245), rng.choice([(60, 120, 200), (90, 190, 130), (240, 240, 240)])]
    bristles = [solid("bristle", t, 0.7) for t in bristle_tones]
    for i in range(9):
        for j in range(3):
            x = 0.62 + 0.03 * i
            y = line[18][1] + (j - 1) * 0.032
            spread = rng.gauss(0, 0.015)
            parts.append(
                geometry.tube(
                    "tuft",
                    [(x, y, 0.07), (x + spread, y + rng.gauss(0, 0.015), 0.19)],
                    0.013,
                    bristles[1 if 3 <= i <= 5 else 0],
                    7,
                )
            )
    turn = rng.choice([(0, 0, 1), (0, 1, 0.2), (0, -1, 0.2)])
    return parts, turn


def sponge(rng):
    """A used kitchen sponge with its green scouring side."""
    foam = solid(
        "foam",
        rng.choice([(226, 190, 60), (220, 150, 170), (210, 170, 70)]),
        0.95,
        bump=1.0,
        bump_scale=30,
        stains=0.6,
        stain_colour=(110, 80, 40),
        offset=geometry.random_offset(rng),
    )
    scour = solid("scour", (36, 86, 54), 0.95, bump=1.0, bump_scale=60, stains=0.4, offset=geometry.random_offset(rng))
    offset = geometry.random_offset(rng)
    size = (1.0, 0.65)
    boxy = lambda d: (abs(d.x) ** 8 + abs(d.y) ** 8 + abs(d.z) ** 8) ** (-1 / 8)
    parts = []
    for material, low, thick in ((foam, 0.0, 0.28), (scour, 0.28, 0.09)):
        part = geometry.lump("part", 1.0, material, 5, boxy)
        geometry.transform(
            [part],
            Matrix.Translation((0, 0, low + thick / 2)) @ Matrix.Diagonal((size[0] / 2, size[1] / 2, thick / 2, 1)),
        )
        parts.append(part)
    geometry.deform(
        parts,
        lambda p: p
        + geometry.noise.noise_vector(p * 1.6 + offset) * 0.1
        + geometry.noise.noise_vector(p * 14 + offset) * 0.012,
    )
    return parts, rng.choice([(0, 0, 1), (0, 0, -1), (0, 0.3, 1)])


def face_mask(rng):
    """A disposable mask with pleats and ear loops."""
    tone = rng.choice([(120, 176, 206), (120, 176, 206), (226, 230, 232), (40, 40, 44)])
    cloth = solid("mask", tone, 0.9, bump=0.3, bump_scale=50, stains=0.3, offset=geometry.random_offset(rng))
    cord = solid("cord", (240, 240, 240), 0.9)
    wide, tall = 1.75, 0.95
    shape_noise = geometry.random_offset(rng)
    height = geometry.creases(rng, 12, 0.3, 1.6)

    def pleated(x, y):
        pleat = 0.035 * ((y * 4.2) % 1.0)
        dome = 0.25 * max(0.0, 1 - (2 * x / wide) ** 2) * max(0.0, 1 - (2 * y / tall) ** 2)
        sway = geometry.noise.noise_vector(Vector((x, y, 0)) * 0.9 + shape_noise) * 0.18
        return Vector((x, y, 0.03 + pleat + dome + height(x, y))) + sway

    parts = [geometry.sheet("mask", wide, tall, cloth, 80, 80, pleated, sharp_degrees=30)]
    for side in (-1, 1):
        a, b = pleated(side * wide / 2, tall * 0.46), pleated(side * wide / 2, -tall * 0.46)
        loop, bulge, drop = [], rng.uniform(0.3, 0.7), rng.uniform(-0.3, 0.3)
        for k in range(33):
            t = k / 32
            p = a.lerp(b, t)
            p = p + Vector(
                (
                    side * bulge * math.sin(math.pi * t) ** 0.7,
                    drop * math.sin(math.pi * t) + 0.12 * math.sin(2 * math.pi * t),
                    0,
                )
            )
            p.z = max(0.0, p.z * (1 - math.sin(math.pi * t)))
            loop.append(p)
        parts.append(geometry.tube("loop", loop, 0.018, cord, 8))
    return parts, (0, 0, rng.choice([1, 1, -1]))


def pen(rng):
    """A worn out ballpoint pen."""
    barrel = (
        film("barrel", (0.9, 0.93, 0.95), haze=0.3, roughness=0.15)
        if rng.random() < 0.4
        else solid("barrel", rng.choice(artwork.BRIGHT), 0.25, clearcoat=0.4)
    )
    tone = rng.choice([(20, 40, 140), (20, 20, 22), (180, 24, 30)])
    ink = solid("cap", tone, 0.3, clearcoat=0.3)
    tip = metal("tip", (0.8, 0.7, 0.4), 0.25)
    parts = [
        geometry.tube("barrel", [(-0.6, 0, 0.05), (0.55, 0, 0.05)], 0.045, barrel, 24),
        geometry.tube("refill", [(-0.55, 0, 0.05), (0.5, 0, 0.05)], 0.016, ink, 8),
        geometry.tube("end", [(-0.66, 0, 0.05), (-0.6, 0, 0.05)], 0.046, ink, 24),
        geometry.tube("cone", [(0.55, 0, 0.05), (0.68, 0, 0.05)], lambda t: 0.042 - 0.026 * t, tip, 24),
    ]
    if rng.random() < 0.7:
        parts.append(geometry.tube("cap", [(0.3, 0, 0.05), (0.74, 0, 0.05)], lambda t: 0.058 - 0.008 * t, ink, 24))
        parts.append(geometry.box("clip", (0.42, 0.035, 0.02), ink, 0.005, centre=(0.46, 0, 0.125)))
    return parts, (0, rng.uniform(-0.6, 0.6), 1)


KINDS = [
    snack_bag,
    banana_peel,
    dirty_cup,
    used_napkin,
    crumpled_wrapper,
    cigarette_pack,
    orange_peel,
    nappy,
    snack_bag,
    candy_wrapper,
    foam_piece,
    toothbrush,
    apple_core,
    sponge,
    face_mask,
    cigarette_butts,
    pen,
]
