"""Paper: office sheets, newspaper, envelopes, leaflets, crumpled and torn pieces."""

import math

from mathutils import Matrix, Vector

import artwork
import geometry
from materials import solid


def paper_material(rng, picture, gloss=0.0, stains=None):
    return solid(
        "paper",
        (248, 247, 244),
        0.32 if gloss else 0.75,
        clearcoat=gloss,
        bump=0.06,
        bump_scale=25,
        picture=picture,
        stains=rng.choice([0, 0, 0.15, 0.3]) if stains is None else stains,
        stain_colour=(150, 120, 80),
        translucent=0.0 if gloss else 0.06,
        offset=geometry.random_offset(rng),
    )


def handled(rng, wide, tall, crease=0.25, curl=0.3, wave=0.12, folds=10):
    """The shape of a sheet that was used: creases, waves, a corner that curls up."""
    height = geometry.creases(rng, folds, crease, max(wide, tall))
    offset = geometry.random_offset(rng)
    corner = (rng.choice([-1, 1]) * wide / 2, rng.choice([-1, 1]) * tall / 2)
    reach = rng.uniform(0.6, 1.3)

    def shape(x, y):
        away = math.hypot(x - corner[0], y - corner[1])
        lift = curl * max(0.0, 1 - away / reach) ** 2
        z = height(x, y) * 0.5 + wave * geometry.noise.noise(Vector((x, y, 0)) * 0.8 + offset) + lift
        return Vector((x, y, z))

    return shape


def office_sheet(rng):
    paper = paper_material(rng, artwork.letter_page(rng))
    inside = geometry.torn_outline(rng, 2.1, 2.97, 0.05, (False, False, False, True)) if rng.random() < 0.25 else None
    return [geometry.sheet("sheet", 2.1, 2.97, paper, 70, 90, handled(rng, 2.1, 2.97), inside)], (0, 0, 1)


def folded_sheet(rng):
    """A sheet folded across, half open like a roof or a tray."""
    paper = paper_material(rng, artwork.letter_page(rng))
    flat = handled(rng, 2.1, 2.97, 0.1, 0.1, 0.06)
    opening = rng.uniform(0.12, 0.55)
    valley = rng.random() < 0.5

    def shape(x, y):
        p = flat(x, y)
        lift = abs(y) * math.sin(opening) * (1 if valley else -1)
        return Vector((p.x, p.y * math.cos(opening), p.z + lift))

    return [geometry.sheet("sheet", 2.1, 2.97, paper, 60, 90, shape)], (0, 0, 1)


def paper_ball(rng):
    """A crumpled page."""
    picture = rng.choice([artwork.letter_page, artwork.letter_page, artwork.newspaper_page])(rng)
    paper = paper_material(rng, picture, stains=0)
    ball = geometry.sheet("ball", 2.1, 2.97, paper, 100, 140, sharp_degrees=25)
    geometry.deform(
        [ball], geometry.crumple(rng, 1.8, rng.uniform(0.4, 0.5), rng.randint(60, 90), rng.uniform(0.85, 1.0))
    )
    return [ball], (rng.gauss(0, 1), rng.gauss(0, 1), rng.gauss(0, 1))


def creased_sheet(rng):
    """A page that was crumpled and opened again."""
    picture = rng.choice([artwork.letter_page, artwork.newspaper_page, artwork.leaflet])(rng)
    paper = paper_material(rng, picture)
    shape = handled(rng, 2.1, 2.97, 0.5, 0.5, 0.3, folds=45)
    sheet = geometry.sheet("sheet", 2.1, 2.97, paper, 110, 140, shape, sharp_degrees=25)
    return [sheet], (0, 0, 1)


def newspaper(rng):
    """A newspaper folded to a stack of pages that do not quite meet."""
    paper = paper_material(rng, artwork.newspaper_page(rng))
    blank = paper_material(rng, None)
    parts = []
    wide, tall = 2.4, 3.2
    if rng.random() < 0.4:
        tall = 1.8
    shape = handled(rng, wide, tall, 0.12, rng.uniform(0.1, 0.35), 0.1, 6)
    for layer in range(4):
        turn = Matrix.Rotation(rng.gauss(0, 0.012), 3, 'Z')
        slip = Vector((rng.gauss(0, 0.02), rng.gauss(0, 0.02), 0))

        def lay(x, y, layer=layer, turn=turn, slip=slip):
            p = shape(x, y)
            p.z = p.z * (0.4 + 0.2 * layer) + 0.022 * layer + 0.1 * layer * 0.3 * max(0, x / wide)
            return turn @ p + slip

        parts.append(geometry.sheet("page", wide, tall, paper if layer == 3 else blank, 50, 60, lay))
    return parts, (0, 0, 1)


def envelope(rng):
    """The address side up, its flap open."""
    wide, tall = 2.2, rng.choice([1.1, 1.1, 1.55])
    front = paper_material(rng, artwork.envelope_front(rng))
    shape = handled(rng, wide, tall, 0.1, 0.15, 0.08, 5)
    parts = [geometry.sheet("front", wide, tall, front, 60, 40, lambda x, y: shape(x, y) + Vector((0, 0, 0.03)))]
    tone = rng.choice([(246, 245, 240), (232, 228, 216)])
    back = solid("back", tone, 0.75, stains=0.1, offset=geometry.random_offset(rng))
    parts.append(geometry.sheet("back", wide, tall, back, 60, 40, lambda x, y: shape(x, y)))
    deep, lift, reach = 0.55 * tall, rng.uniform(0.1, 0.5), rng.uniform(0.7, 0.95)

    def flap(x, y):
        v = (y + deep / 2) / deep
        return Vector((x * (1 - 0.75 * v), tall / 2 + v * deep * reach, 0.015 + lift * v * v))

    parts.append(geometry.sheet("flap", wide, deep, back, 40, 16, flap))
    return parts, (0, 0, 1)


def magazine(rng):
    """A glossy magazine: a cover over a bent block of pages."""
    wide, tall = 2.1, 2.8
    cover = paper_material(rng, artwork.magazine_cover(rng), gloss=0.7, stains=0)
    pages = solid("pages", (226, 222, 212), 0.8, bump=0.5, bump_scale=3)
    thick = rng.uniform(0.05, 0.14)
    bend, lift = rng.uniform(0, 0.35), rng.uniform(0.02, 0.3)

    def block(x, y, level):
        u = x / wide + 0.5
        spine = thick * level * min(1.0, 0.35 + u * 3)
        return Vector(
            (x, y, spine + bend * (x / wide) ** 2 + lift * max(0.0, u - 0.6) ** 2 * level * 3 * (1 + 0.6 * y / tall))
        )

    parts = [geometry.sheet("cover", wide, tall, cover, 60, 60, lambda x, y: block(x, y, 1.0) + Vector((0, 0, 0.008)))]
    for k in range(5):
        slip = rng.uniform(-0.02, 0.02)
        parts.append(
            geometry.sheet(
                "page", wide, tall, pages, 30, 30, lambda x, y, k=k, slip=slip: block(x + slip, y + slip * 0.7, k / 5)
            )
        )
    return parts, (0, 0, 1)


def shop_leaflet(rng):
    """A folded flyer, lying half open."""
    cover = paper_material(rng, artwork.leaflet(rng), gloss=0.4, stains=0)
    wide, tall = rng.choice([(2.1, 2.9), (1.5, 2.1)])
    flat = handled(rng, wide, tall, 0.15, 0.3, 0.12, 8)
    parts = [
        geometry.sheet(
            "under",
            wide,
            tall,
            paper_material(rng, artwork.leaflet(rng), gloss=0.4, stains=0),
            40,
            50,
            lambda x, y: flat(x, y) * 0.5,
        )
    ]
    opening = rng.uniform(0.05, 0.5)

    def leaf(x, y):
        p = flat(x, y)
        u = x + wide / 2
        return Vector((-wide / 2 + u * math.cos(opening * u / wide), y, p.z + 0.02 + u * math.sin(opening * u / wide)))

    parts.append(geometry.sheet("leaf", wide, tall, cover, 60, 50, leaf))
    return parts, (0, 0, 1)


def torn_paper(rng):
    """Two or three torn pieces over each other."""
    picture = rng.choice([artwork.letter_page, artwork.newspaper_page, artwork.leaflet])(rng)
    paper = paper_material(rng, picture, stains=0)
    parts = []
    for piece in range(rng.randint(1, 3)):
        wide, tall = rng.uniform(1.0, 1.7), rng.uniform(1.0, 1.7)
        shape = handled(rng, wide, tall, 0.3, 0.35, 0.15, 14)
        turn = Matrix.Rotation(rng.uniform(0, 6.28), 3, 'Z')
        slip = Vector((rng.uniform(-0.6, 0.6), rng.uniform(-0.6, 0.6), 0.1 * piece))
        parts.append(
            geometry.sheet(
                "piece",
                wide,
                tall,
                paper,
                80,
                80,
                lambda x, y, s=shape, t=turn, d=slip: t @ s(x, y) + d,
                geometry.torn_outline(rng, wide, tall, 0.07),
            )
        )
    return parts, (0, 0, 1)


KINDS = [
    office_sheet,
    newspaper,
    paper_ball,
    envelope,
    magazine,
    creased_sheet,
    folded_sheet,
    shop_leaflet,
    torn_paper,
    newspaper,
]
