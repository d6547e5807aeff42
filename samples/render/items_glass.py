"""Glass: bottles, jars, tumblers, broken bottles."""

import math

import artwork
import geometry
from geometry import lathe, round_corners
from materials import glass, solid, metal

GREEN, DEEP_GREEN, OLIVE = (0.22, 0.62, 0.26), (0.1, 0.42, 0.2), (0.5, 0.6, 0.2)
AMBER, CLEAR = (0.62, 0.27, 0.05), (0.95, 0.98, 0.96)


def thick_walled(name, outer, wall, base, material, segments=80):
    """A vessel: the outside profile from the base up to the lip, and an inside one."""
    inner = [(max(r - wall, 0.0), z) for r, z in reversed(outer) if z > base * 1.4]
    inner = inner + [(max(inner[-1][0] * 0.8, 0.01), base), (0.0, base * 1.1)]
    profile = round_corners([(0.0, outer[0][1] + 0.03)] + outer, 2) + round_corners(inner, 2)
    return lathe(name, profile, material, segments, sharp_degrees=70)


def sleeve(name, radius, low, high, picture, angle, roughness=0.5, turn=0.0, coat=0.0):
    """A label glued round a bottle."""
    paper = solid(name, (255, 255, 255), roughness, picture=picture, clearcoat=coat, bump=0.05)
    return lathe(
        name, [(radius + 0.006, low), (radius + 0.006, high)], paper, 40, angles=(turn - angle / 2, turn + angle / 2)
    )


def lying(rng):
    """Any way up round the bottle's axis; the label (at +x) rather faces up."""
    turn = rng.gauss(0, 0.9)
    return (math.cos(turn), math.sin(turn), 0.0)


def wine_bottle(rng):
    tint = rng.choice([GREEN, DEEP_GREEN, DEEP_GREEN, OLIVE, CLEAR, AMBER])
    r, tall = rng.uniform(0.36, 0.39), rng.uniform(2.9, 3.1)
    slope = rng.choice([0.12, 0.45])
    outer = [
        (r * 0.8, 0.0),
        (r, 0.03),
        (r, 0.2),
        (r, 1.6),
        (r, 1.9 - slope * 0.5),
        (r * 0.9, 2.02 - slope * 0.3),
        (0.17, 2.2 + slope * 0.2),
        (0.145, 2.4),
        (0.14, tall - 0.12),
        (0.165, tall - 0.1),
        (0.165, tall - 0.03),
        (0.14, tall),
    ]
    parts = [
        thick_walled(
            "bottle",
            outer,
            0.05,
            0.14,
            glass("glass", tint, dirt=rng.uniform(0, 0.2), offset=geometry.random_offset(rng)),
        )
    ]
    if rng.random() < 0.75:
        low = rng.uniform(0.3, 0.55)
        parts.append(
            sleeve("label", r, low, low + rng.uniform(0.7, 0.95), artwork.wine_label(rng), rng.uniform(2.4, 3.4))
        )
    if rng.random() < 0.4:
        foil = solid("capsule", rng.choice(artwork.BRIGHT), 0.35, 0.4)
        parts.append(
            lathe(
                "capsule",
                round_corners(
                    [
                        (0.152, tall - 0.6),
                        (0.152, tall - 0.13),
                        (0.175, tall - 0.11),
                        (0.175, tall - 0.02),
                        (0.15, tall + 0.008),
                        (0.0, tall + 0.01),
                    ],
                    1,
                ),
                foil,
            )
        )
    return parts, lying(rng)


def beer_bottle(rng):
    tint = rng.choice([AMBER, AMBER, GREEN, CLEAR])
    r, tall = rng.uniform(0.29, 0.33), rng.uniform(2.0, 2.4)
    shoulder = tall * rng.uniform(0.5, 0.6)
    outer = [
        (r * 0.85, 0.0),
        (r, 0.04),
        (r, 0.2),
        (r, shoulder),
        (r * 0.85, shoulder + 0.15),
        (0.165, shoulder + 0.45),
        (0.13, tall - 0.25),
        (0.125, tall - 0.12),
        (0.145, tall - 0.11),
        (0.145, tall - 0.02),
        (0.12, tall),
    ]
    parts = [
        thick_walled(
            "bottle",
            outer,
            0.04,
            0.1,
            glass("glass", tint, dirt=rng.uniform(0, 0.2), offset=geometry.random_offset(rng)),
        )
    ]
    if rng.random() < 0.8:
        parts.append(
            sleeve(
                "label",
                r,
                0.35,
                0.35 + rng.uniform(0.45, 0.62),
                artwork.beer_label(rng),
                rng.uniform(2.2, 3.4),
                coat=0.3,
            )
        )
    if rng.random() < 0.45:
        cap = metal("crown", rng.choice([(0.75, 0.6, 0.2), (0.7, 0.7, 0.72), (0.6, 0.05, 0.06)]), 0.3)
        ridged = lambda a: 1 + 0.04 * math.cos(21 * a)
        parts.append(
            lathe(
                "crown",
                [(0.165, tall - 0.06), (0.15, tall + 0.01), (0.13, tall + 0.025), (0, tall + 0.028)],
                cap,
                84,
                cross_section=ridged,
            )
        )
    return parts, lying(rng)


def jam_jar(rng):
    r, tall = rng.uniform(0.33, 0.46), rng.uniform(0.85, 1.4)
    facets = rng.choice([0, 0, 0, 10])
    mouth = r * rng.uniform(0.78, 0.92)
    outer = [
        (r * 0.8, 0.0),
        (r, 0.05),
        (r, 0.2),
        (r, tall * 0.72),
        (r * 0.97, tall * 0.8),
        (mouth, tall * 0.88),
        (mouth, tall * 0.93),
        (mouth + 0.025, tall * 0.94),
        (mouth + 0.025, tall * 0.96),
        (mouth, tall * 0.97),
        (mouth * 0.98, tall),
    ]
    body = thick_walled(
        "jar",
        outer,
        0.04,
        0.09,
        glass("glass", CLEAR, dirt=rng.uniform(0.05, 0.25), offset=geometry.random_offset(rng)),
    )
    if facets:

        def facet(p):
            angle = math.atan2(p.y, p.x)
            half = math.pi / facets
            off = (angle % (2 * half)) - half
            if p.z < tall * 0.72 and math.hypot(p.x, p.y) > r * 0.8:
                k = math.cos(half) / math.cos(off)
                p.x, p.y = p.x * k, p.y * k
            return p

        geometry.deform([body], facet)
    parts = [body]
    if rng.random() < 0.55 and not facets:
        parts.append(sleeve("label", r, tall * 0.15, tall * 0.65, artwork.jar_label(rng), rng.uniform(2.2, 5.4)))
    if rng.random() < 0.3:
        jam = solid("rest", rng.choice([(120, 16, 20), (190, 110, 20), (90, 50, 20), (230, 220, 190)]), 0.3)
        parts.append(
            lathe(
                "rest",
                [
                    (0, 0.1),
                    (r - 0.06, 0.11),
                    (r - 0.046, 0.14),
                    (r - 0.046, rng.uniform(0.18, 0.3)),
                    (r - 0.1, 0.17),
                    (0, 0.15),
                ],
                jam,
                48,
                shape=lambda x, y, z, a: (x, y, z + (0.06 * math.sin(2 * a + 1) if z > 0.17 else 0)),
            )
        )
    if rng.random() < 0.6:
        parts += jar_lid_parts(rng, mouth + 0.045, tall - 0.1)
    up = (0, 0, 1) if rng.random() < 0.2 else lying(rng)
    return parts, up


def jar_lid_parts(rng, radius, low):
    colour = rng.choice(
        [(0.8, 0.62, 0.25), (0.82, 0.82, 0.84), (0.65, 0.04, 0.05), (0.05, 0.2, 0.08), (0.9, 0.9, 0.88)]
    )
    surface = metal("lid", colour, 0.28, bump=0.05)
    rough = lambda a: 1 + 0.006 * math.cos(60 * a)
    return [
        lathe(
            "lid",
            round_corners(
                [
                    (radius, low),
                    (radius + 0.012, low + 0.01),
                    (radius, low + 0.03),
                    (radius, low + 0.11),
                    (radius * 0.97, low + 0.135),
                    (radius * 0.9, low + 0.135),
                    (radius * 0.87, low + 0.125),
                    (0, low + 0.125),
                ],
                1,
            ),
            surface,
            120,
            cross_section=rough,
        )
    ]


def tumbler(rng):
    r, tall = rng.uniform(0.34, 0.42), rng.uniform(0.8, 1.5)
    taper = rng.uniform(0.75, 0.97)
    outer = [
        (r * taper * 0.92, 0.0),
        (r * taper, 0.03),
        (r * taper, 0.12),
        (r * (taper + 1) / 2, tall * 0.5),
        (r, tall * 0.96),
        (r * 0.985, tall),
    ]
    body = thick_walled(
        "tumbler",
        outer,
        0.03,
        rng.uniform(0.1, 0.2),
        glass(
            "glass",
            rng.choice([CLEAR, CLEAR, CLEAR, (0.75, 0.9, 0.95)]),
            dirt=rng.uniform(0.02, 0.2),
            offset=geometry.random_offset(rng),
        ),
    )
    if rng.random() < 0.4:
        count = rng.choice([8, 12, 16])

        def flute(p):
            if 0.1 < p.z < tall * 0.6 and math.hypot(p.x, p.y) > r * taper * 0.95:
                k = 1 - 0.025 * (0.5 + 0.5 * math.cos(count * math.atan2(p.y, p.x)))
                p.x, p.y = p.x * k, p.y * k
            return p

        geometry.deform([body], flute)
    return [body], rng.choice([lying(rng), lying(rng), (0, 0, 1)])


def flask(rng):
    """A flat or square bottle: oil, sauce, spirits."""
    tint = rng.choice([CLEAR, CLEAR, GREEN, AMBER])
    r, tall = rng.uniform(0.32, 0.4), rng.uniform(1.8, 2.5)
    outer = [
        (r * 0.8, 0.0),
        (r, 0.04),
        (r, 0.2),
        (r, tall * 0.6),
        (r * 0.92, tall * 0.67),
        (0.17, tall * 0.76),
        (0.13, tall * 0.82),
        (0.13, tall * 0.98),
        (0.12, tall),
    ]
    body = thick_walled(
        "flask", outer, 0.045, 0.12, glass("glass", tint, dirt=rng.uniform(0, 0.15), offset=geometry.random_offset(rng))
    )
    depth = rng.uniform(0.55, 0.95)
    reach = geometry.superellipse(1.0, depth, rng.choice([3.0, 5.0]))

    def square(p):
        amount = max(0.0, min(1.0, (tall * 0.76 - p.z) / (tall * 0.14)))
        k = 1 + (reach(math.atan2(p.y, p.x)) * 0.95 - 1) * amount
        p.x, p.y = p.x * k, p.y * k
        return p

    geometry.deform([body], square)
    cap = solid("cap", rng.choice([(30, 30, 32), (180, 30, 30), (200, 170, 70), (240, 238, 230)]), 0.35)
    parts = [body]
    if rng.random() < 0.7:
        parts.append(
            lathe(
                "cap",
                [(0.16, tall - 0.22), (0.16, tall + 0.02), (0.13, tall + 0.04), (0, tall + 0.04)],
                cap,
                60,
                cross_section=lambda a: 1 + 0.015 * math.cos(40 * a),
            )
        )
    if rng.random() < 0.75:
        paper = solid("label", (255, 255, 255), 0.5, picture=artwork.wine_label(rng))
        y = r * depth * 0.95 + 0.012
        parts.append(
            geometry.quad(
                "label",
                [
                    (r * 0.6, y, tall * 0.14),
                    (-r * 0.6, y, tall * 0.14),
                    (-r * 0.6, y, tall * 0.5),
                    (r * 0.6, y, tall * 0.5),
                ],
                paper,
            )
        )
    return parts, (rng.uniform(-0.3, 0.3), 1, 0)


def broken_bottle(rng):
    """The lower or the upper part of a bottle, with a jagged break."""
    tint = rng.choice([GREEN, DEEP_GREEN, AMBER, AMBER, CLEAR])
    r, wall = rng.uniform(0.31, 0.38), 0.05
    surface = glass("glass", tint, dirt=0.1, offset=geometry.random_offset(rng))
    edge = geometry.jagged(rng, rng.randint(9, 15), 0.55, 1.25)
    if rng.random() < 0.5:
        steps = [0.1 + 0.9 * k / 10 for k in range(1, 11)]
        outer = round_corners([(0, 0.05), (r * 0.8, 0.0), (r, 0.04), (r, 0.1)], 2) + [(r, s) for s in steps]
        inner = [(r - wall, s) for s in reversed(steps)] + round_corners(
            [(r - wall, 0.2), (r - 0.1, 0.13), (0, 0.14)], 2
        )
        tear = lambda x, y, z, a: (x, y, z if z <= 0.2 else 0.2 + (z - 0.2) * edge(a))
        body = lathe("bottom", outer + inner, surface, 96, shape=tear, sharp_degrees=30)
    else:
        steps = [0.0, 0.15, 0.3, 0.45, 0.6]
        outer = [(r, s) for s in steps] + round_corners(
            [(r, 0.6), (r * 0.9, 0.8), (0.17, 1.1), (0.14, 1.7), (0.165, 1.72), (0.165, 1.8), (0.14, 1.83)], 2
        )
        inner = round_corners([(0.1, 1.83), (0.1, 1.7), (0.13, 1.1), (r * 0.9 - wall, 0.78), (r - wall, 0.6)], 2) + [
            (r - wall, s) for s in reversed(steps)
        ]
        profile = outer + inner + [(r, 0.0)]
        tear = lambda x, y, z, a: (x, y, z if z >= 0.6 else 0.6 - (0.6 - z) * edge(a))
        body = lathe("top", profile, surface, 96, shape=tear, sharp_degrees=30)
    return [body], lying(rng)


KINDS = [wine_bottle, beer_bottle, jam_jar, tumbler, wine_bottle, jam_jar, flask, beer_bottle, broken_bottle, jam_jar]
