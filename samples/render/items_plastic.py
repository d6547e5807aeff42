"""Plastic: bottles, cups, trays, bags."""

import math

from mathutils import Matrix, Vector

import artwork
import geometry
from geometry import lathe, refine_profile, round_corners
from materials import film, solid

CAPS = [(20, 70, 170), (200, 30, 30), (240, 240, 238), (20, 130, 70), (240, 130, 20), (30, 30, 32), (90, 170, 220)]
HDPE = [
    (240, 240, 236),
    (240, 240, 236),
    (20, 90, 180),
    (235, 120, 20),
    (190, 30, 60),
    (110, 180, 70),
    (240, 205, 40),
    (110, 60, 150),
    (60, 160, 170),
]


def lying(rng, spread=0.9):
    turn = rng.gauss(0, spread)
    return (math.cos(turn), math.sin(turn), 0)


def screw_cap(rng, radius, low, tall, colour=None):
    surface = solid("cap", colour or rng.choice(CAPS), 0.35)
    return lathe(
        "cap",
        round_corners([(radius, low), (radius, low + tall * 0.9), (radius * 0.93, low + tall), (0, low + tall)], 1),
        surface,
        72,
        cross_section=lambda a: 1 + 0.02 * math.cos(36 * a),
    )


def pet_bottle(rng):
    r, tall = rng.uniform(0.31, 0.42), rng.uniform(2.0, 2.9)
    tint = rng.choice(
        [(0.93, 0.96, 0.97), (0.93, 0.96, 0.97), (0.72, 0.86, 0.95), (0.55, 0.85, 0.6), (0.9, 0.95, 0.97)]
    )
    clear = film(
        "pet",
        tint,
        haze=0.05,
        bump=0.35,
        bump_scale=2.2,
        offset=geometry.random_offset(rng),
        dirt=rng.uniform(0.02, 0.15),
    )
    shoulder = tall * rng.uniform(0.66, 0.72)
    profile = [(0.0, 0.1), (r * 0.4, 0.06), (r * 0.75, 0.0), (r * 0.97, 0.12), (r, 0.25)]
    ribs = rng.choice([5, 7, 9])
    band = (tall * 0.42, tall * 0.6)
    for k in range(48):
        z = 0.28 + (shoulder - 0.3) * k / 47
        depth = 0.0 if band[0] - 0.05 < z < band[1] + 0.05 else 0.055
        profile.append((r - depth * r * 2.2 * (0.5 - 0.5 * math.cos(z * ribs * 2 * math.pi / shoulder * 1.2)) ** 3, z))
    profile += [
        (r * 0.97, shoulder + 0.05),
        (r * 0.75, shoulder + (tall - shoulder) * 0.4),
        (0.15, tall - 0.25),
        (0.13, tall - 0.2),
        (0.165, tall - 0.18),
        (0.165, tall - 0.16),
        (0.13, tall - 0.15),
        (0.13, tall),
    ]

    def petals(x, y, z, a):
        k = 1 - 0.22 * max(0.0, 1 - z / 0.3) * (0.5 + 0.5 * math.cos(5 * a))
        return (x * k, y * k, z)

    body = lathe("bottle", refine_profile(round_corners(profile, 1), 0.05), clear, 80, shape=petals, sharp_degrees=80)
    parts = [body]
    if rng.random() < 0.85:
        label = solid("label", (255, 255, 255), 0.35, picture=artwork.bottle_label(rng), clearcoat=0.4)
        parts.append(lathe("label", refine_profile([(r + 0.008, band[0]), (r + 0.008, band[1])], 0.05), label, 80))
    if rng.random() < 0.85:
        parts.append(screw_cap(rng, 0.16, tall - 0.14, 0.17))
        parts.append(lathe("ring", [(0.158, tall - 0.2), (0.158, tall - 0.16)], parts[-1].data.materials[0], 48))
    if rng.random() < 0.55:
        geometry.deform(parts, geometry.crush(rng, tall * 0.9, rng.uniform(0.2, 0.6), rng.uniform(0.04, 0.1), 1.3))
    return parts, lying(rng)


def flat_bottle_parts(rng, tall, width, depth, neck, power, profile, colour, label_names, shiny=0.3):
    """An opaque bottle with an oval or boxy body and a label front and back."""
    reach = geometry.superellipse(1.0, depth, power)
    surface = solid(
        "hdpe",
        colour,
        shiny,
        bump=0.04,
        bump_scale=6,
        offset=geometry.random_offset(rng),
        stains=rng.choice([0, 0, 0.25]),
    )
    body = lathe("body", refine_profile(round_corners(profile, 2), 0.08), surface, 96)
    shoulder = neck

    def ovalise(p):
        amount = max(0.0, min(1.0, (shoulder - p.z) / (0.14 * tall)))
        k = 1 + (reach(math.atan2(p.y, p.x)) - 1) * amount
        p.x, p.y = p.x * k, p.y * k
        return p

    geometry.deform([body], ovalise)
    parts = [body]
    if rng.random() < 0.9:
        paper = solid("label", (255, 255, 255), 0.3, picture=artwork.front_label(rng, label_names), clearcoat=0.4)
        low, high, half = tall * 0.14, tall * 0.56, width * 0.62

        def wrap(x, y):
            angle = math.pi / 2 + x / width * 0.95
            k = width * reach(angle) + 0.008
            return (k * math.cos(angle), k * math.sin(angle), y + (low + high) / 2)

        parts.append(geometry.sheet("label", 2 * half, high - low, paper, 24, 4, shape=wrap))
    return parts


def detergent_bottle(rng):
    tall, width, depth = rng.uniform(2.2, 2.8), rng.uniform(0.6, 0.75), rng.uniform(0.5, 0.62)
    profile = [
        (0, 0.04),
        (width * 0.8, 0.0),
        (width * 0.98, 0.06),
        (width, 0.2),
        (width, tall * 0.55),
        (width * 0.8, tall * 0.75),
        (width * 0.45, tall * 0.85),
        (0.2, tall * 0.87),
        (0.19, tall * 0.92),
    ]
    colour = rng.choice(HDPE)
    parts = flat_bottle_parts(
        rng, tall, width, depth, tall * 0.86, rng.choice([2.6, 4.0]), profile, colour, artwork.WASHING
    )
    cap = solid("cap", rng.choice(CAPS), 0.35)
    parts.append(
        lathe(
            "cap",
            round_corners(
                [(0.25, tall * 0.87), (0.25, tall * 0.9), (0.22, tall), (0.18, tall * 1.02), (0, tall * 1.02)], 1
            ),
            cap,
            60,
            cross_section=lambda a: 1 + 0.02 * math.cos(24 * a),
        )
    )
    if rng.random() < 0.7:
        grip = [
            (width * 0.8, 0, tall * 0.5),
            (width * 1.12, 0, tall * 0.52),
            (width * 1.2, 0, tall * 0.6),
            (width * 1.1, 0, tall * 0.72),
            (width * 0.8, 0, tall * 0.8),
            (width * 0.4, 0, tall * 0.84),
        ]
        smooth = [(Vector(grip[k]).lerp(Vector(grip[k + 1]), t / 4)) for k in range(5) for t in range(4)] + [
            Vector(grip[-1])
        ]
        for _ in range(3):
            smooth = (
                [smooth[0]] + [(a + b * 2 + c) / 4 for a, b, c in zip(smooth, smooth[1:], smooth[2:])] + [smooth[-1]]
            )
        parts.append(geometry.tube("grip", smooth, 0.12, parts[0].data.materials[0], 20))
    return parts, (rng.uniform(-0.2, 0.2), 1, 0)


def shampoo_bottle(rng):
    tall, width, depth = rng.uniform(1.7, 2.3), rng.uniform(0.36, 0.46), rng.uniform(0.5, 0.75)
    profile = [
        (0, 0.03),
        (width * 0.8, 0.0),
        (width * 0.97, 0.05),
        (width, 0.2),
        (width * rng.uniform(0.9, 1.05), tall * 0.6),
        (width * 0.85, tall * 0.78),
        (0.24, tall * 0.85),
        (0.2, tall * 0.86),
    ]
    parts = flat_bottle_parts(
        rng, tall, width, depth, tall * 0.86, 2.2, profile, rng.choice(HDPE), ["SHAMPOO", "SHOWER", "BODY", "LOTION"]
    )
    cap = solid("cap", rng.choice(CAPS), 0.3)
    parts.append(
        lathe(
            "cap",
            round_corners([(0.23, tall * 0.85), (0.24, tall * 0.87), (0.22, tall * 0.98), (0.19, tall), (0, tall)], 2),
            cap,
            60,
        )
    )
    return parts, (rng.uniform(-0.2, 0.2), 1, 0)


def milk_bottle(rng):
    """A whitish, slightly see-through bottle."""
    tall, r = rng.uniform(2.0, 2.5), rng.uniform(0.42, 0.5)
    milky = film("hdpe", (0.93, 0.93, 0.9), haze=0.72, roughness=0.3, dirt=0.1, offset=geometry.random_offset(rng))
    profile = [
        (0, 0.05),
        (r * 0.8, 0.0),
        (r, 0.07),
        (r, tall * 0.3),
        (r * 0.96, tall * 0.34),
        (r * 0.96, tall * 0.6),
        (r, tall * 0.64),
        (r * 0.9, tall * 0.75),
        (0.22, tall * 0.9),
        (0.19, tall * 0.92),
        (0.19, tall * 0.97),
    ]
    power = rng.choice([2.0, 2.0, 4.0])
    body = lathe(
        "body",
        refine_profile(round_corners(profile, 2), 0.07),
        milky,
        80,
        cross_section=geometry.superellipse(1, 1, power),
    )
    label = solid("label", (255, 255, 255), 0.35, picture=artwork.bottle_label(rng, ("MILK", "KEFIR", "JUICE")))
    parts = [body, screw_cap(rng, 0.21, tall * 0.93, 0.17)]
    if power == 2.0:
        parts.append(
            lathe(
                "label",
                refine_profile([(r * 0.97 + 0.012, tall * 0.36), (r * 0.97 + 0.012, tall * 0.58)], 0.06),
                label,
                80,
            )
        )
    if rng.random() < 0.5:
        geometry.deform(parts, geometry.dents(rng, tall * 0.8, r, 2, 0.25))
    return parts, lying(rng)


def yoghurt_cup(rng):
    r, tall = rng.uniform(0.34, 0.46), rng.uniform(0.7, 1.1)
    taper = rng.uniform(0.7, 0.82)
    white = solid(
        "inside",
        (240, 240, 236),
        0.35,
        stains=0.35,
        stain_colour=rng.choice([(235, 200, 205), (238, 226, 200), (220, 190, 150)]),
    )
    label = solid("wall", (255, 255, 255), 0.35, picture=artwork.bottle_label(rng, artwork.DAIRY))
    parts = [
        lathe("wall", refine_profile([(r * taper, 0.04), (r, tall - 0.06)], 0.06), label, 80),
        lathe("base", [(0, 0.05), (r * taper * 0.85, 0.04), (r * taper * 0.9, 0.0), (r * taper, 0.04)], white, 80),
        lathe(
            "rim",
            round_corners(
                [
                    (r, tall - 0.06),
                    (r + 0.04, tall - 0.04),
                    (r + 0.05, tall),
                    (r + 0.03, tall + 0.005),
                    (r - 0.01, tall),
                ],
                1,
            ),
            white,
            80,
        ),
        lathe("inside", refine_profile([(r - 0.012, tall), (r * taper - 0.012, 0.06), (0, 0.065)], 0.06), white, 80),
    ]
    if rng.random() < 0.4:
        foil = solid("foil", (200, 201, 204), 0.3, 0.5, bump=0.4, bump_scale=6)
        lift = rng.uniform(0.2, 0.9)
        flap = lathe("flap", [(0, 0), (r * 0.5, 0), (r + 0.06, 0)], foil, 60)

        def peel(p):
            away = max(0.0, p.x + r * 0.3)
            return Vector((p.x - away * away * 0.3 * lift, p.y, tall + 0.012 + lift * away * away * 0.7))

        geometry.deform([flap], peel)
        parts.append(flap)
    if rng.random() < 0.4:
        geometry.deform(parts, geometry.dents(rng, tall, r, 2, 0.25))
    return parts, lying(rng, 2) if rng.random() < 0.7 else (0, 0, 1)


def clear_cup(rng):
    """A thin drinking cup."""
    r, tall = rng.uniform(0.38, 0.48), rng.uniform(1.0, 1.4)
    taper = rng.uniform(0.66, 0.78)
    tint = rng.choice([(0.94, 0.96, 0.97), (0.94, 0.96, 0.97), (0.85, 0.2, 0.2), (0.93, 0.93, 0.9)])
    surface = film(
        "cup", tint, haze=rng.choice([0.08, 0.2, 0.5]), bump=0.1, offset=geometry.random_offset(rng), dirt=0.15
    )
    profile = [(0, 0.05), (r * taper * 0.85, 0.05), (r * taper * 0.9, 0.0), (r * taper, 0.03)]
    for k in range(1, 30):
        t = k / 30
        profile.append(
            (
                r * (taper + (1 - taper) * t) - 0.008 * (0.5 + 0.5 * math.cos(t * 50)) * (0.1 < t < 0.7),
                0.03 + (tall - 0.05) * t,
            )
        )
    profile += [(r, tall - 0.03), (r + 0.035, tall - 0.02), (r + 0.03, tall), (r, tall)]
    cup = lathe("cup", profile, surface, 80, sharp_degrees=60)
    if rng.random() < 0.6:
        geometry.deform([cup], geometry.crush(rng, tall, rng.uniform(0.2, 0.5), 0.06, 1.6))
    return [cup], lying(rng, 2)


def food_tray(rng):
    deep, depth = rng.uniform(0.25, 0.5), rng.uniform(0.62, 0.8)
    reach = geometry.superellipse(1.0, depth, rng.choice([5.0, 8.0]))
    style = rng.randrange(3)
    offset = geometry.random_offset(rng)
    if style == 0:
        surface = solid(
            "tray",
            rng.choice([(24, 24, 26), (28, 28, 30), (20, 60, 40)]),
            0.3,
            bump=0.05,
            bump_scale=8,
            stains=0.3,
            stain_colour=(120, 100, 80),
            offset=offset,
        )
    elif style == 1:
        surface = solid("tray", (238, 238, 234), 0.35, stains=0.25, stain_colour=(190, 120, 90), offset=offset)
    else:
        surface = film("tray", (0.86, 0.91, 0.93), haze=0.12, bump=0.12, bump_scale=5, offset=offset, dirt=0.1)
    profile = round_corners(
        [
            (0, 0.03),
            (0.6, 0.03),
            (0.66, 0.0),
            (0.76, 0.0),
            (0.8, 0.05),
            (0.93, deep - 0.03),
            (0.96, deep),
            (1.08, deep),
            (1.1, deep - 0.03),
        ],
        2,
    )
    ribs = rng.choice([0, 24, 36])
    bend = rng.uniform(0, 0.12)

    def ribbed(x, y, z, a):
        if 0.05 < z < deep - 0.02:
            k = 1 + 0.012 * math.cos(ribs * a)
            x, y = x * k, y * k
        return Vector((x, y, z)) + geometry.noise.noise_vector(Vector((x, y, z)) + offset) * bend

    parts = [
        lathe("tray", refine_profile(profile, 0.07), surface, 160, cross_section=reach, shape=ribbed, sharp_degrees=60)
    ]
    if rng.random() < 0.5:
        sticker = solid("sticker", (255, 255, 255), 0.4, picture=artwork.jar_label(rng))
        parts.append(
            geometry.quad(
                "sticker", [(-0.4, -0.2, 0.045), (0.4, -0.2, 0.045), (0.4, 0.18, 0.045), (-0.4, 0.18, 0.045)], sticker
            )
        )
    return parts, rng.choice([(0, 0, 1), (0, 0, 1), (0, 0.1, -1)])


def clamshell(rng):
    """A hinged clear box for berries or salad, open."""
    surface = film(
        "clamshell",
        (0.88, 0.93, 0.95),
        haze=0.1,
        bump=0.15,
        bump_scale=5,
        offset=geometry.random_offset(rng),
        dirt=0.06,
    )
    reach = geometry.superellipse(1.0, rng.uniform(0.8, 1.0), 6.0)
    deep = rng.uniform(0.25, 0.45)
    parts = []
    for side, tilt in ((-1, 0.0), (1, rng.uniform(-0.5, 0.05))):
        profile = round_corners(
            [
                (0, 0.02),
                (0.55, 0.02),
                (0.6, 0.0),
                (0.72, 0.0),
                (0.76, 0.05),
                (0.9, deep - 0.02),
                (0.93, deep),
                (1.0, deep),
                (1.01, deep - 0.02),
            ],
            2,
        )
        part = lathe(
            "half",
            refine_profile(profile, 0.08),
            surface,
            140,
            cross_section=reach,
            sharp_degrees=50,
            shape=lambda x, y, z, a: (
                x * (1 + 0.01 * math.cos(28 * a) * (0.05 < z < deep - 0.04)),
                y * (1 + 0.01 * math.cos(28 * a) * (0.05 < z < deep - 0.04)),
                z,
            ),
        )
        geometry.transform(
            [part],
            (
                Matrix.Translation((side * 1.0, 0, 0))
                if side < 0
                else Matrix.Translation((0.0, 0, deep))
                @ Matrix.Rotation(tilt, 4, 'Y')
                @ Matrix.Translation((1.0, 0, -deep))
            ),
        )
        parts.append(part)
    if rng.random() < 0.6:
        sticker = solid("sticker", (255, 255, 255), 0.4, picture=artwork.jar_label(rng))
        parts.append(
            geometry.quad(
                "sticker", [(-1.35, -0.2, 0.03), (-0.6, -0.2, 0.03), (-0.6, 0.15, 0.03), (-1.35, 0.15, 0.03)], sticker
            )
        )
    return parts, (0, 0, 1)


def plastic_bag(rng):
    """A carrier bag lying flat and creased: two films with handles."""
    colour = rng.choice(
        [(0.92, 0.92, 0.93), (0.92, 0.92, 0.93), (0.45, 0.65, 0.9), (0.5, 0.8, 0.5), (0.9, 0.85, 0.3), (0.9, 0.5, 0.45)]
    )
    wide, tall = rng.uniform(1.8, 2.4), rng.uniform(2.4, 3.0)
    base = tuple(int(c * 255) for c in colour)
    picture = artwork.bag_print(rng, base)
    surface = film(
        "bag",
        colour,
        haze=rng.uniform(0.45, 0.75),
        roughness=0.22,
        bump=0.5,
        bump_scale=5,
        offset=geometry.random_offset(rng),
        dirt=0.05,
        picture=picture,
    )
    plain = film(
        "bag back",
        colour,
        haze=0.55,
        roughness=0.22,
        bump=0.5,
        bump_scale=5,
        offset=geometry.random_offset(rng),
        dirt=0.05,
    )

    def outline(x, y):
        u, v = x / wide * 2, y / tall + 0.5
        if v > 0.7:
            return 0.42 < abs(u) < 0.85 or (v < 0.74 + 0.1 * (abs(u) / 0.42) ** 2 and abs(u) <= 0.42)
        return abs(u) < 1

    parts = []
    for layer, material in ((0, plain), (1, surface)):
        height = geometry.creases(rng, 40, 0.55, 2.2)
        offset = geometry.random_offset(rng)

        def rumple(x, y, layer=layer, height=height, offset=offset):
            p = Vector((x, y, 0))
            shift = geometry.noise.noise_vector(p * 0.8 + offset) * 0.16
            puff = 0.16 * layer * max(0.0, 1 - (x / wide * 2) ** 2) * (0.5 + geometry.noise.noise(p * 0.9 + offset))
            return (
                x + shift.x,
                y + shift.y,
                0.03 * layer + puff + abs(height(x, y)) * 0.8 + 0.08 * abs(geometry.noise.noise(p * 2.2 + offset)),
            )

        parts.append(
            geometry.sheet("film", wide, tall, material, 100, 130, shape=rumple, inside=outline, sharp_degrees=60)
        )
    return parts, (0, 0, 1)


KINDS = [
    pet_bottle,
    detergent_bottle,
    yoghurt_cup,
    pet_bottle,
    plastic_bag,
    food_tray,
    shampoo_bottle,
    clear_cup,
    milk_bottle,
    clamshell,
    pet_bottle,
    detergent_bottle,
]
