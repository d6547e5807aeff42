"""What is printed on things: labels, can wraps, pages, leaflets, stamps. All invented."""

import math

from canvas import Canvas

INK = (38, 36, 40)
BRANDS = [
    "Alpa",
    "Moro",
    "Tivo",
    "Brisk",
    "Valda",
    "Sunny",
    "Kiro",
    "Nordal",
    "Pico",
    "Rondo",
    "Luma",
    "Fresco",
    "Olmo",
    "Zest",
    "Bergan",
    "Viva",
    "Hopla",
    "Carmo",
    "Delta",
    "Mira",
]
DRINKS = ["COLA", "LEMON", "ORANGE", "BEER", "TONIC", "ICE TEA", "APPLE", "ENERGY", "SODA"]
FOODS = ["TOMATOES", "SWEET CORN", "RED BEANS", "PEAS", "SOUP", "PEACHES", "TUNA", "LENTILS"]
WINES = ["Rosso", "Riesling", "Chateau", "Grand Reserve", "Merlot", "Blanc"]
CEREALS = ["CORN FLAKES", "MUESLI", "CRUNCHY", "OATS", "RICE POPS", "TEA", "BISCUITS", "PASTA"]
SNACKS = ["CHIPS", "CHOCO", "NUTS", "WAFER", "CRISPS", "BAR", "CANDY", "COOKIES"]
WASHING = ["WASH", "CLEAN", "SOFT", "SHAMPOO", "SHOWER", "LEMON", "FRESH", "COLOR"]
DAIRY = ["YOGURT", "Natur", "Cream", "Vanilla", "Quark", "Strawberry"]
WORDS = (
    "the of and a to in is for on with as by at from it this that are be was or line belt paper "
    "report year meeting number people first when city market time would their more than week "
    "council water house new work between under price street after group order letter"
).split()
BRIGHT = [
    (200, 24, 30),
    (16, 62, 150),
    (0, 118, 70),
    (240, 190, 20),
    (230, 100, 20),
    (110, 30, 120),
    (20, 20, 24),
    (0, 140, 180),
    (180, 20, 90),
    (120, 170, 30),
    (235, 235, 230),
    (130, 80, 40),
]


def shade(colour, factor):
    return tuple(max(0, min(255, int(c * factor))) for c in colour)


def mixed(a, b, t):
    return tuple(int(x + (y - x) * t) for x, y in zip(a, b))


def contrast(colour):
    return (245, 244, 238) if sum(colour) < 390 else (30, 28, 34)


def two_colours(rng):
    first = rng.choice(BRIGHT)
    second = rng.choice([c for c in BRIGHT if sum(abs(x - y) for x, y in zip(c, first)) > 160])
    return first, second


def body_text(canvas, rng, x0, y0, x1, y1, size, colour=INK, leading=1.9, justified=False):
    """Lines of words, in paragraphs."""
    y = y0 + size
    while y < y1:
        lines = rng.randint(3, 9)
        for line in range(lines):
            if y >= y1:
                return
            end = x1 if line < lines - 1 else x0 + (x1 - x0) * rng.uniform(0.3, 0.9)
            x = x0
            while True:
                word = rng.choice(WORDS)
                if x + len(word) * size * 0.82 > end:
                    break
                x += canvas.text(x, y, word, size, colour) + size * 0.6
            y += size * leading
        y += size * leading * 0.7


def barcode(canvas, rng, x, y, width, height, turned=False):
    long_side = height if turned else width
    canvas.rect(x - 6, y - 6, x + width + 6, y + height + 6, (250, 250, 248))
    at = 0
    while at < long_side:
        bar = rng.choice([2, 2, 3, 4, 6])
        if turned:
            canvas.rect(x, y + at, x + width, y + min(at + bar, long_side), (15, 15, 15))
        else:
            canvas.rect(x + at, y, x + min(at + bar, long_side), y + height, (15, 15, 15))
        at += bar + rng.choice([2, 3, 4, 5])


def wave_band(canvas, rng, y, thick, colour, swing):
    phase, turns = rng.uniform(0, 6), rng.choice([1, 2, 3])
    for x in range(0, canvas.width, 4):
        top = y + swing * math.sin(phase + turns * 2 * math.pi * x / canvas.width)
        canvas.rect(x, top, x + 4, top + thick, colour)


def star(canvas, x, y, outer, inner, points, colour):
    canvas.polygon(
        [
            (
                x + (outer if k % 2 == 0 else inner) * math.sin(math.pi * k / points),
                y - (outer if k % 2 == 0 else inner) * math.cos(math.pi * k / points),
            )
            for k in range(2 * points)
        ],
        colour,
    )


def fruit(canvas, rng, x, y, size):
    kind = rng.randrange(4)
    if kind == 0:
        canvas.ellipse(x, y, size, size, (235, 130, 20))
        canvas.ellipse(x - size * 0.3, y - size * 0.3, size * 0.3, size * 0.25, (250, 180, 80))
    elif kind == 1:
        canvas.ellipse(x, y, size * 0.9, size, (200, 25, 25))
        canvas.polygon(
            [(x, y - size), (x + size * 0.6, y - size * 1.4), (x + size * 0.2, y - size * 0.8)], (40, 130, 40)
        )
    elif kind == 2:
        canvas.ellipse(x, y, size * 1.2, size * 0.8, (245, 215, 40))
        canvas.ellipse(x - size * 0.3, y - size * 0.2, size * 0.4, size * 0.2, (250, 240, 140))
    else:
        for dx, dy in ((-0.5, 0), (0.5, 0), (0, -0.6), (0, 0.5)):
            canvas.ellipse(x + dx * size, y + dy * size, size * 0.5, size * 0.5, (90, 30, 110))


def can_wrap(rng, names=DRINKS):
    """All round a drinks can: the brand twice, bands, a barcode."""
    base, accent = two_colours(rng)
    canvas = Canvas(1200, 560, base)
    style = rng.randrange(4)
    if style == 0:
        canvas.gradient(0, 0, 1200, 560, shade(base, 1.15), shade(base, 0.7))
        wave_band(canvas, rng, 380, 60, accent, 40)
        wave_band(canvas, rng, 455, 14, contrast(base), 40)
    elif style == 1:
        for k in range(12):
            x = k * 100
            canvas.polygon([(x, 0), (x + 45, 0), (x + 85, 560), (x + 40, 560)], mixed(base, accent, 0.35))
    elif style == 2:
        canvas.rect(0, 0, 1200, 120, accent)
        canvas.rect(0, 440, 1200, 560, accent)
        canvas.rect(0, 128, 1200, 136, contrast(base))
        canvas.rect(0, 424, 1200, 432, contrast(base))
    else:
        for _ in range(26):
            r = rng.uniform(8, 46)
            canvas.ellipse(rng.uniform(0, 1200), rng.uniform(0, 560), r, r, mixed(base, accent, rng.uniform(0.3, 0.9)))
    brand, drink = rng.choice(BRANDS), rng.choice(names)
    for x in (200, 800):
        if rng.random() < 0.5:
            canvas.ellipse(x, 230, 190, 105, contrast(base))
            ink = base if sum(abs(a - b) for a, b in zip(base, contrast(base))) > 150 else INK
            canvas.fitted_text(x, 265, brand, 320, 110, ink)
        else:
            canvas.fitted_text(x, 270, brand, 400, 150, contrast(base))
        canvas.fitted_text(x, 385, drink, 240, 52, contrast(base))
        fruit(canvas, rng, x + rng.uniform(-60, 60), 490, 32)
    ink = contrast(base)
    body_text(canvas, rng, 430, 200, 560, 420, 11, ink)
    body_text(canvas, rng, 1030, 120, 1170, 300, 11, ink)
    barcode(canvas, rng, 1040, 330, 110, 150, turned=True)
    return canvas.image("can_wrap")


def food_wrap(rng):
    base, accent = two_colours(rng)
    canvas = Canvas(1200, 460, base)
    canvas.rect(0, 0, 1200, 60, accent)
    canvas.rect(0, 400, 1200, 460, accent)
    brand, food = rng.choice(BRANDS), rng.choice(FOODS)
    for x in (220, 820):
        canvas.fitted_text(x, 175, brand, 330, 85, contrast(base))
        canvas.fitted_text(x, 255, food, 330, 60, contrast(base))
        for _ in range(7):
            fruit(canvas, rng, x + rng.uniform(-120, 120), 335 + rng.uniform(-25, 25), 26)
    canvas.rect(450, 90, 610, 380, (246, 244, 236))
    body_text(canvas, rng, 462, 100, 600, 260, 9)
    barcode(canvas, rng, 470, 290, 120, 70)
    canvas.rect(1060, 90, 1180, 380, (246, 244, 236))
    body_text(canvas, rng, 1070, 100, 1170, 370, 9)
    return canvas.image("food_wrap")


def wine_label(rng):
    paper = rng.choice([(240, 234, 216), (248, 246, 240), (30, 28, 30), (225, 214, 186)])
    ink = contrast(paper)
    accent = rng.choice([(150, 20, 30), (160, 130, 60), (20, 60, 40), (20, 40, 90)])
    canvas = Canvas(620, 520, paper)
    canvas.frame(16, 16, 604, 504, accent, 5)
    canvas.ellipse(310, 110, 62, 62, accent)
    star(canvas, 310, 110, 48, 20, rng.choice([5, 6, 8]), paper)
    canvas.fitted_text(310, 270, rng.choice(BRANDS).upper(), 480, 74, ink)
    canvas.fitted_text(310, 335, rng.choice(WINES), 420, 40, accent)
    canvas.rect(120, 362, 500, 366, accent)
    canvas.fitted_text(310, 410, str(rng.randint(2009, 2023)), 200, 34, ink)
    body_text(canvas, rng, 130, 432, 490, 485, 11, ink)
    return canvas.image("wine_label")


def beer_label(rng):
    base, accent = two_colours(rng)
    canvas = Canvas(620, 420, base)
    canvas.frame(12, 12, 608, 408, contrast(base), 7)
    canvas.ellipse(310, 190, 235, 130, accent)
    canvas.ellipse(310, 190, 220, 118, contrast(accent))
    canvas.fitted_text(310, 222, rng.choice(BRANDS).upper(), 380, 92, accent)
    canvas.fitted_text(
        310, 368, rng.choice(["LAGER BEER", "PILS 5.0%", "PALE ALE", "APPLE CIDER"]), 360, 36, contrast(base)
    )
    star(canvas, 90, 340, 36, 16, 5, contrast(base))
    star(canvas, 530, 340, 36, 16, 5, contrast(base))
    return canvas.image("beer_label")


def jar_label(rng):
    base, accent = two_colours(rng)
    canvas = Canvas(760, 360, (246, 242, 230) if rng.random() < 0.6 else base)
    ground = tuple(canvas.rows[0][:3])
    canvas.rect(0, 0, 760, 52, accent)
    canvas.rect(0, 308, 760, 360, accent)
    ink = contrast(ground)
    canvas.fitted_text(300, 160, rng.choice(BRANDS), 380, 84, ink)
    canvas.fitted_text(
        300, 215, rng.choice(["HONEY", "CHERRY JAM", "OLIVES", "PICKLES", "PESTO", "MUSTARD"]), 330, 40, accent
    )
    for _ in range(4):
        fruit(canvas, rng, rng.uniform(120, 480), 262, 24)
    barcode(canvas, rng, 600, 90, 120, 80)
    body_text(canvas, rng, 590, 190, 740, 300, 9, ink)
    return canvas.image("jar_label")


def bottle_label(rng, names=("WATER",) + tuple(DRINKS)):
    """A wide band for plastic bottles."""
    base, accent = two_colours(rng)
    canvas = Canvas(1200, 320, base)
    canvas.gradient(0, 0, 1200, 320, shade(base, 1.2), shade(base, 0.8))
    wave_band(canvas, rng, 240, 40, accent, 18)
    brand = rng.choice(BRANDS)
    for x in (200, 800):
        canvas.fitted_text(x, 150, brand, 380, 104, contrast(base))
        canvas.fitted_text(x, 214, rng.choice(names), 260, 40, contrast(base))
    barcode(canvas, rng, 470, 70, 110, 90)
    body_text(canvas, rng, 1040, 40, 1180, 220, 9, contrast(base))
    return canvas.image("bottle_label")


def front_label(rng, names=WASHING, paper=None):
    """A front sticker: detergent, shampoo, yoghurt, aerosol."""
    base, accent = two_colours(rng)
    canvas = Canvas(520, 640, paper or base)
    ground = paper or base
    canvas.ellipse(260, 120, 330, 190, accent)
    canvas.ellipse(260, 90, 330, 190, ground)
    canvas.fitted_text(260, 300, rng.choice(BRANDS), 420, 130, contrast(ground))
    canvas.fitted_text(260, 385, rng.choice(names), 330, 60, accent)
    for _ in range(5):
        r = rng.uniform(14, 44)
        canvas.ellipse(
            rng.uniform(60, 460), rng.uniform(450, 560), r, r, mixed(accent, (255, 255, 255), rng.uniform(0.2, 0.7))
        )
    canvas.fitted_text(260, 620, f"{rng.choice([250, 400, 500, 750, 1000])} ml", 120, 26, contrast(ground))
    return canvas.image("front_label")


def letter_page(rng, stained=False):
    paper = rng.choice([(250, 250, 248), (246, 246, 244), (250, 247, 238)])
    canvas = Canvas(840, 1188, paper)
    ink = rng.choice([(40, 40, 44), (30, 30, 34), (60, 58, 62)])
    style = rng.randrange(3)
    if style == 0:
        canvas.text(80, 120, rng.choice(BRANDS) + " Ltd", 34, rng.choice(BRIGHT[:3]), bold=True)
        body_text(canvas, rng, 560, 70, 780, 130, 10, ink)
        body_text(canvas, rng, 80, 190, 330, 260, 11, ink)
        canvas.text(80, 330, "Invoice " + str(rng.randint(1000, 9999)), 20, ink, bold=True)
        for row in range(12):
            y = 380 + row * 32
            canvas.rect(80, y + 12, 760, y + 14, (150, 150, 152))
            canvas.text(84, y + 4, rng.choice(WORDS) + " " + rng.choice(WORDS), 10, ink)
            canvas.text(670, y + 4, f"{rng.uniform(3, 300):.2f}", 10, ink)
        body_text(canvas, rng, 80, 820, 760, 1080, 11, ink)
    elif style == 1:
        canvas.text(
            80,
            130,
            rng.choice(["Report", "Summary", "Notes", "Chapter"]) + " " + str(rng.randint(2, 19)),
            32,
            ink,
            bold=True,
        )
        body_text(canvas, rng, 80, 180, 760, 1100, rng.choice([10, 11, 12]), ink)
    else:
        canvas.fitted_text(420, 120, "Minutes of the meeting", 560, 30, ink)
        body_text(canvas, rng, 80, 180, 760, 520, 11, ink)
        photo(canvas, rng, 80, 560, 400, 800, grey=True)
        body_text(canvas, rng, 430, 560, 760, 800, 11, ink)
        body_text(canvas, rng, 80, 830, 760, 1100, 11, ink)
    return canvas.image("letter_page")


def photo(canvas, rng, x0, y0, x1, y1, grey=False):
    """A picture block: sky, hills or walls, and a figure or two."""

    def tone(colour):
        if not grey:
            return colour
        g = int(sum(colour) / 3)
        return (g, g, g)

    w, h = x1 - x0, y1 - y0
    sky = rng.choice([(120, 170, 220), (230, 200, 160), (90, 110, 150), (200, 205, 210)])
    canvas.gradient(x0, y0, x1, y1, tone(shade(sky, 0.8)), tone(shade(sky, 1.2)))
    for layer in range(3):
        base = y0 + h * (0.45 + 0.17 * layer)
        phase = rng.uniform(0, 6)
        colour = tone(
            shade(rng.choice([(60, 100, 50), (120, 100, 70), (70, 80, 90), (150, 60, 40)]), 1.1 - 0.25 * layer)
        )
        for x in range(int(x0), int(x1), 3):
            t = (x - x0) / w
            top = base - h * 0.12 * (math.sin(phase + 5 * t) + 0.4 * math.sin(3 * phase + 13 * t))
            canvas.rect(x, max(y0, top), min(x + 3, x1), y1, colour)
    for _ in range(rng.randint(1, 3)):
        x = x0 + w * rng.uniform(0.25, 0.75)
        size = h * rng.uniform(0.1, 0.14)
        skin = tone(rng.choice([(225, 180, 150), (150, 100, 70), (240, 205, 180)]))
        coat = tone(rng.choice(BRIGHT))
        canvas.polygon(
            [
                (max(x0, x - 1.9 * size), y1),
                (max(x0, x - size * 1.3), y0 + h * 0.58),
                (x, y0 + h * 0.5),
                (min(x1, x + size * 1.3), y0 + h * 0.58),
                (min(x1, x + 1.9 * size), y1),
            ],
            coat,
        )
        canvas.ellipse(x, y0 + h * 0.38, size * 0.85, size * 1.1, skin)
        canvas.ellipse(x, y0 + h * 0.31, size * 0.9, size * 0.6, tone((60, 40, 30)))


def newspaper_page(rng):
    paper = rng.choice([(222, 217, 205), (214, 210, 200), (228, 222, 206)])
    ink = (52, 50, 50)
    canvas = Canvas(900, 1240, paper)
    canvas.fitted_text(
        450,
        96,
        "The "
        + rng.choice(["Daily", "Evening", "Morning", "City"])
        + " "
        + rng.choice(["Post", "Courier", "Herald", "Chronicle"]),
        780,
        62,
        ink,
    )
    canvas.rect(40, 116, 860, 120, ink)
    body_text(canvas, rng, 40, 126, 860, 136, 9, ink)
    canvas.rect(40, 150, 860, 152, ink)
    canvas.fitted_text(
        450,
        230,
        f"{rng.choice(['City', 'Market', 'Council', 'Water'])} {rng.choice(['prices', 'workers', 'plans', 'meeting'])} "
        f"{rng.choice(['rise again', 'under pressure', 'this week', 'in doubt'])}",
        810,
        60,
        ink,
    )
    columns = rng.choice([4, 5])
    width = 820 / columns
    blocks = [
        (rng.randrange(columns - 1), rng.choice([270, 300, 520]), 2, 260),
        (rng.randrange(columns), rng.choice([700, 860]), 1, 200),
        (rng.randrange(columns - 1), 960, 2, 230),
    ]
    for column in range(columns):
        x = 40 + column * width
        y = 262
        if rng.random() < 0.5:
            for line in range(2):
                canvas.text(
                    x, y + 26 + line * 28, rng.choice(WORDS).title() + " " + rng.choice(WORDS), 18, ink, bold=True
                )
            y += 66
        body_text(canvas, rng, x, y, x + width - 14, 1190, 8, ink, leading=1.75)
    for column, top, wide, tall in blocks:
        x = 40 + column * width
        canvas.rect(x - 4, top - 6, x + wide * width - 8, top + tall + 40, paper)
        if rng.random() < 0.35:
            canvas.frame(x, top, x + wide * width - 14, top + tall + 24, ink, 4)
            canvas.fitted_text(
                x + wide * width / 2,
                top + tall / 2,
                "SALE " + str(rng.randint(20, 70)) + "%",
                wide * width * 0.8,
                60,
                ink,
            )
            body_text(canvas, rng, x + 14, top + tall / 2 + 30, x + wide * width - 30, top + tall, 9, ink)
        else:
            photo(canvas, rng, x, top, x + wide * width - 14, top + tall, grey=rng.random() < 0.75)
            body_text(canvas, rng, x, top + tall + 4, x + wide * width - 14, top + tall + 26, 7, ink)
    return canvas.image("newspaper")


def magazine_cover(rng):
    base, accent = two_colours(rng)
    canvas = Canvas(760, 1040, base)
    photo(canvas, rng, 0, 0, 760, 1040)
    title = rng.choice(["GARDEN", "TRAVEL", "HOME", "STYLE", "SPORT", "KITCHEN", "MOTOR"])
    canvas.fitted_text(380, 190, title, 700, 170, rng.choice([(250, 250, 250), accent]))
    for k in range(4):
        x = 40 if k % 2 == 0 else 420
        canvas.text(
            x, 420 + 130 * k, rng.choice(WORDS).upper() + " " + str(rng.randint(10, 99)), 30, (255, 255, 255), bold=True
        )
        body_text(canvas, rng, x, 435 + 130 * k, x + 260, 480 + 130 * k, 13, (250, 250, 250))
    canvas.rect(0, 980, 760, 1040, accent)
    barcode(canvas, rng, 570, 860, 150, 90)
    return canvas.image("magazine")


def leaflet(rng):
    """A shop's flyer: tiles of goods with prices."""
    base, accent = two_colours(rng)
    canvas = Canvas(760, 1040, (248, 247, 243))
    canvas.rect(0, 0, 760, 180, base)
    canvas.fitted_text(
        380,
        125,
        rng.choice(["SUPER SALE", "BIG OFFERS", "SAVE NOW", "THIS WEEK", "BEST PRICE"]),
        680,
        96,
        contrast(base),
    )
    for row in range(4):
        for column in range(3):
            x, y = 20 + column * 245, 200 + row * 205
            canvas.frame(x, y, x + 232, y + 192, (200, 200, 200), 2)
            canvas.rect(x + 14, y + 14, x + 120, y + 118, rng.choice(BRIGHT))
            fruit(canvas, rng, x + 66, y + 66, 30)
            star(canvas, x + 175, y + 62, 54, 42, 11, accent)
            canvas.fitted_text(
                x + 175, y + 76, f"{rng.randint(1, 29)}.{rng.choice(['99', '49', '95'])}", 80, 34, contrast(accent)
            )
            body_text(canvas, rng, x + 14, y + 132, x + 220, y + 184, 10)
    return canvas.image("leaflet")


def envelope_front(rng):
    paper = rng.choice([(248, 247, 243), (236, 232, 220), (205, 172, 120), (240, 240, 238)])
    canvas = Canvas(880, 440, paper)
    canvas.text(40, 62, rng.choice(BRANDS) + " Bank", 22, rng.choice(BRIGHT[:3]), bold=True)
    canvas.rect(720, 36, 836, 160, rng.choice(BRIGHT[:9]))
    canvas.frame(714, 30, 842, 166, (250, 250, 250), 6)
    fruit(canvas, rng, 778, 98, 34)
    for k in range(5):
        wave = [(600 + 8 * i, 60 + 18 * k + 5 * math.sin(i * 0.8)) for i in range(18)]
        canvas.line(wave, 3, (70, 70, 80))
    canvas.rect(90, 220, 430, 380, (222, 226, 228))
    canvas.rect(96, 226, 424, 374, (244, 245, 245))
    for k in range(4):
        canvas.text(112, 258 + 30 * k, " ".join(rng.choice(WORDS).title() for _ in range(2 + k % 2)), 15, INK)
    return canvas.image("envelope")


def kraft_panel(rng, marks=True, tone=None):
    """One side of a brown box: fibre flecks and, on some, stamps."""
    tone = tone or rng.choice([(186, 146, 100), (176, 134, 88), (196, 158, 112), (168, 128, 86)])
    canvas = Canvas(640, 640, tone)
    for _ in range(500):
        x, y, run = rng.uniform(0, 640), rng.randrange(640), rng.uniform(2, 9)
        canvas.span(y, x, x + run, shade(tone, rng.uniform(0.9, 1.08)))
    if marks:
        kraft_marks(canvas, rng, mixed((34, 28, 26), tone, 0.12))
    return canvas.image("kraft")


def kraft_marks(canvas, rng, ink):
    style = rng.randrange(4)
    if style == 0:
        canvas.fitted_text(320, 150, rng.choice(["FRAGILE", "THIS SIDE UP", "HANDLE WITH CARE"]), 500, 80, ink)
        for x in (220, 360):
            canvas.polygon(
                [(x, 260), (x + 55, 350), (x + 20, 350), (x + 20, 470), (x - 20, 470), (x - 20, 350), (x - 55, 350)],
                ink,
            )
        canvas.rect(150, 490, 450, 506, ink)
    elif style == 1:
        canvas.fitted_text(
            320, 230, rng.choice(BRANDS).upper(), 460, 130, rng.choice([ink, (150, 30, 30), (30, 60, 120)])
        )
        canvas.text(120, 320, f"PF-{rng.randint(100, 999)}/{rng.randint(1, 9)}", 46, ink, bold=True)
        canvas.text(120, 390, f"{rng.choice([6, 12, 18, 24])} x {rng.choice([250, 500, 750])} g", 40, ink)
    elif style == 2:
        canvas.rect(110, 130, 470, 430, (244, 243, 238))
        barcode(canvas, rng, 150, 160, 280, 100)
        body_text(canvas, rng, 150, 280, 430, 410, 14)
    else:
        canvas.frame(120, 400, 520, 560, ink, 6)
        canvas.fitted_text(320, 505, f"LOT {rng.randint(10000, 99999)}", 340, 56, ink)


def carton_face(rng):
    """The front of a printed folding carton."""
    base, accent = two_colours(rng)
    canvas = Canvas(520, 760, base)
    canvas.gradient(0, 0, 520, 760, shade(base, 1.15), shade(base, 0.75))
    canvas.polygon([(0, 430), (520, 340), (520, 760), (0, 760)], accent)
    canvas.fitted_text(260, 165, rng.choice(BRANDS), 440, 130, contrast(base))
    canvas.fitted_text(260, 265, rng.choice(CEREALS), 420, 70, contrast(base))
    canvas.ellipse(260, 540, 180, 105, (245, 242, 235))
    canvas.ellipse(260, 530, 150, 78, (226, 190, 120))
    for _ in range(40):
        canvas.ellipse(
            260 + rng.gauss(0, 60), 525 + rng.gauss(0, 26), 16, 11, shade((214, 160, 70), rng.uniform(0.8, 1.2))
        )
    canvas.fitted_text(260, 730, f"{rng.choice([250, 375, 500])} g", 120, 32, contrast(accent))
    return canvas.image("carton")


def snack_print(rng):
    base, accent = two_colours(rng)
    canvas = Canvas(700, 900, base)
    canvas.gradient(0, 0, 700, 900, shade(base, 1.2), shade(base, 0.7))
    star(canvas, 350, 330, 330, 230, 12, accent)
    canvas.fitted_text(350, 340, rng.choice(BRANDS).upper(), 480, 150, contrast(accent))
    canvas.fitted_text(350, 440, rng.choice(SNACKS), 330, 70, contrast(accent))
    for _ in range(9):
        canvas.ellipse(
            350 + rng.gauss(0, 130), 690 + rng.gauss(0, 45), 66, 42, shade((226, 176, 74), rng.uniform(0.75, 1.15))
        )
    body_text(canvas, rng, 40, 800, 300, 880, 10, contrast(base))
    barcode(canvas, rng, 540, 800, 120, 70)
    return canvas.image("snack")


def cigarette_print(rng):
    base, accent = two_colours(rng)
    canvas = Canvas(420, 640, (244, 243, 238))
    canvas.rect(0, 0, 420, 300, base)
    canvas.polygon([(0, 300), (210, 380), (420, 300), (420, 290), (0, 290)], base)
    canvas.fitted_text(210, 200, rng.choice(BRANDS), 320, 90, contrast(base))
    canvas.rect(0, 430, 420, 640, (20, 20, 20))
    canvas.fitted_text(210, 510, "SMOKING", 360, 54, (250, 250, 250))
    canvas.fitted_text(210, 590, "KILLS", 280, 54, (250, 250, 250))
    return canvas.image("cigarettes")


def cup_print(rng):
    base = rng.choice([(246, 244, 240), (60, 40, 30), (30, 90, 60), (190, 150, 110), (170, 30, 34)])
    ink = contrast(base)
    canvas = Canvas(1200, 420, base)
    for x in (200, 800):
        canvas.ellipse(x, 200, 130, 130, ink)
        canvas.ellipse(x, 200, 116, 116, base)
        canvas.fitted_text(x, 220, rng.choice(["COFFEE", "cafe", "HOT CUP", "Mokka"]), 190, 54, ink)
        wave_band(canvas, rng, 380, 10, ink, 6)
    return canvas.image("cup")


def bag_print(rng, base):
    """The front of a carrier bag: one large mark on the bag's own colour."""
    canvas = Canvas(500, 620, base if sum(base) > 620 else (240, 240, 240))
    ink = rng.choice(BRIGHT[:6])
    canvas.fitted_text(250, 380, rng.choice(BRANDS), 330, 110, ink)
    canvas.rect(100, 410, 400, 420, ink)
    canvas.fitted_text(250, 470, rng.choice(["MARKET", "SUPERMARKT", "thank you", "BAKERY"]), 280, 36, ink)
    return canvas.image("bag")
