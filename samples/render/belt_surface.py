"""The surface of an empty belt: its colour, its relief, and the dirt and wear in layers on top."""

import math

import geometry
from materials import Nodes, linear

DIRT = [(96, 84, 66), (70, 66, 62), (110, 92, 64), (52, 44, 36), (38, 36, 34), (128, 104, 82)]
DUST = [(196, 190, 178), (178, 164, 140), (214, 212, 208), (150, 138, 118)]
SPLASHES = [(40, 34, 28), (30, 30, 32), (92, 58, 34), (228, 226, 220), (120, 40, 30), (70, 84, 52), (200, 182, 130)]


class Surface:
    """A surface while it is put together; each layer changes its tint, its roughness or its relief."""

    def __init__(self, rng, name, colour, rough, metallic=0.0, pattern=None):
        self.rng = rng
        self.colour = colour
        self.n = Nodes(name)
        self.offset = geometry.random_offset(rng)
        self.tint = linear(colour)
        self.rough = rough
        self.metallic = metallic
        self.wet = None
        self.height, self.depth = pattern(self) if pattern else (None, 0.0)

    @property
    def dark(self):
        return sum(self.colour) < 240

    def at(self, scale=(1, 1, 1), turn=0.0, moved=True):
        """Where on the belt: parts that repeat differ by where they lie."""
        n = self.n
        own = n.add('ShaderNodeTexCoord').outputs['Object']
        place = n.add('ShaderNodeObjectInfo').outputs['Location']
        spot = n.add('ShaderNodeVectorMath', {0: own, 1: place}, operation='ADD').outputs[0]
        shift = tuple(self.offset) if moved else (0, 0, 0)
        mapping = {'Vector': spot, 'Scale': scale, 'Location': shift, 'Rotation': (0, 0, turn)}
        return n.add('ShaderNodeMapping', mapping).outputs['Vector']

    def bands(self, period, turn=0.0, profile='SIN'):
        """0..1 and back once per period, along x unless turned."""
        inputs = {'Vector': self.at(turn=turn), 'Scale': math.pi / 10 / period, 'Distortion': 0.0}
        node = self.n.add('ShaderNodeTexWave', inputs, bands_direction='X', wave_profile=profile)
        return node.outputs['Fac']

    def spots(self, scale, low, high, detail=4.0, stretch=(1, 1, 1), turn=0.0):
        """Patches of noise: 0 below `low`, 1 above `high`."""
        noise = self.n.noise(self.at(stretch, turn), scale, detail, self.rng.uniform(0.5, 0.72), 0.3)
        return self.n.ramp(noise, [(low, 0.0), (high, 1.0)])

    def paint(self, cover, amount, tone):
        self.tint = self.n.mix(self.n.math('MULTIPLY', cover, amount), self.tint, linear(tone))

    def roughen(self, cover, to):
        first = self.rough if not isinstance(self.rough, float) else (self.rough,) * 3
        self.rough = self.n.mix(cover, first, (to,) * 3)

    def done(self):
        n, inputs = self.n, {}
        if self.height is not None:
            strength = 0.9
            if self.wet is not None:
                strength = n.math('MULTIPLY', n.math('SUBTRACT', 1.0, self.wet), strength)
            inputs['normal'] = n.bump(self.height, strength, self.depth)
        shader = n.principled(
            base_color=self.tint, roughness=self.rough, metallic=self.metallic, specular=0.35, **inputs
        )
        return n.done(shader)


# ---------------------------------------------------------------- relief: height and its depth


def smooth(s):
    return s.n.noise(s.at(), s.rng.uniform(4, 50), 2.0), s.rng.uniform(0.002, 0.012)


def weave(s):
    period = s.rng.uniform(0.02, 0.14)
    first, second = s.bands(period), s.bands(period * s.rng.uniform(0.7, 1.4), math.pi / 2)
    return s.n.math('MULTIPLY', first, second), period * s.rng.uniform(0.1, 0.25)


def twill(s):
    """Fabric: slanted threads, of uneven thickness."""
    period = s.rng.uniform(0.025, 0.09)
    threads = s.bands(period, s.rng.choice([-1, 1]) * s.rng.uniform(0.5, 1.1))
    fluff = s.n.noise(s.at((1, 3, 1)), 12.0, 3.0)
    return s.n.math('MULTIPLY', threads, fluff), period * s.rng.uniform(0.2, 0.5)


def ribs_along(s):
    period = s.rng.uniform(0.06, 0.5)
    return s.bands(period, math.pi / 2, s.rng.choice(['SIN', 'TRI', 'SAW'])), period * s.rng.uniform(0.06, 0.2)


def ribs_across(s):
    period = s.rng.uniform(0.06, 0.6)
    return s.bands(period, 0.0, s.rng.choice(['SIN', 'TRI', 'SAW'])), period * s.rng.uniform(0.06, 0.2)


def diamond(s):
    """Crossing ridges."""
    period, turn = s.rng.uniform(0.08, 0.4), s.rng.uniform(0.5, 1.05)
    ridges = s.n.math('MAXIMUM', s.bands(period, turn), s.bands(period, -turn))
    return s.n.ramp(ridges, [(0.6, 0.0), (0.95, 1.0)]), period * s.rng.uniform(0.1, 0.22)


def studs(s):
    """Rows of round knobs."""
    period = s.rng.uniform(0.08, 0.35)
    turn = s.rng.choice([0.0, math.pi / 4])
    grid = s.n.math('MULTIPLY', s.bands(period, turn), s.bands(period, turn + math.pi / 2))
    return s.n.ramp(grid, [(0.45, 0.0), (0.75, 1.0)]), period * s.rng.uniform(0.12, 0.3)


def waffle(s):
    """Square pits between ridges."""
    period = s.rng.uniform(0.08, 0.3)
    ridges = s.n.math('MAXIMUM', s.bands(period), s.bands(period, math.pi / 2))
    return s.n.ramp(ridges, [(0.7, 0.0), (1.0, 1.0)]), period * s.rng.uniform(0.1, 0.25)


def pebbles(s):
    """A rough top of small lumps."""
    scale = s.rng.uniform(6, 24)
    inputs = {'Vector': s.at(), 'Scale': scale}
    cells = s.n.add('ShaderNodeTexVoronoi', inputs, feature='SMOOTH_F1', voronoi_dimensions='2D')
    return s.n.math('SUBTRACT', 1.0, cells.outputs['Distance']), s.rng.uniform(0.15, 0.4) / scale


# ---------------------------------------------------------------- dirt and wear


def wear(s):
    """Another tone where the belt is worn or faded."""
    factor = s.rng.choice([s.rng.uniform(0.55, 0.85), s.rng.uniform(1.15, 1.5)])
    grey = sum(s.colour) / 3
    tone = tuple(max(0, min(250, (c * 0.6 + grey * 0.4) * factor + (14 if s.dark else 0))) for c in s.colour)
    s.paint(s.spots(s.rng.uniform(0.2, 0.8), 0.3, 0.75, 6.0, (0.4, 1, 1)), s.rng.uniform(0.2, 0.7), tone)


def lane(s):
    """A track along the belt, darker or paler than the rest."""
    n, half = s.n, s.rng.uniform(0.15, 1.2)
    side = n.add('ShaderNodeSeparateXYZ', {'Vector': s.at(moved=False)}).outputs['Y']
    frayed = n.math('MULTIPLY', n.noise(s.at((0.5, 1.5, 1)), 1.2, 4.0, 0.7), half)
    away = n.math('ABSOLUTE', n.math('SUBTRACT', side, s.rng.uniform(-1.2, 1.2)), 0.0)
    cover = n.ramp(n.math('SUBTRACT', n.math('ADD', away, frayed), half), [(0.0, 1.0), (min(1.0, half), 0.0)])
    tone = s.rng.choice(DIRT) if s.rng.random() < 0.6 and not s.dark else s.rng.choice(DUST)
    s.paint(cover, s.rng.uniform(0.1, 0.5), tone)


def grime(s):
    """Dirt in the hollows of the relief."""
    if s.height is None:
        return
    low = s.n.ramp(s.height, [(0.0, 1.0), (0.6, 0.0)])
    s.paint(low, s.rng.uniform(0.15, 0.75), s.rng.choice(DUST if s.dark and s.rng.random() < 0.6 else DIRT))


def streaks(s):
    stretch = (s.rng.uniform(0.02, 0.1), s.rng.uniform(0.8, 4.0), 1)
    cover = s.spots(1.4, 0.48, s.rng.uniform(0.56, 0.8), stretch=stretch)
    s.paint(cover, s.rng.uniform(0.1, 0.6), s.rng.choice(DUST if s.dark else DIRT))


def smudges(s):
    cover = s.spots(s.rng.uniform(0.3, 1.4), 0.42, s.rng.uniform(0.65, 0.85), 6.0)
    s.paint(cover, s.rng.uniform(0.1, 0.55), s.rng.choice(DUST if s.dark and s.rng.random() < 0.7 else DIRT))


def stains(s):
    """Blots with an edge: oil, juice, paint."""
    low = s.rng.uniform(0.6, 0.68)
    cover = s.spots(s.rng.uniform(0.4, 1.2), low, low + s.rng.uniform(0.02, 0.1), 3.0)
    s.paint(cover, s.rng.uniform(0.2, 0.7), s.rng.choice(SPLASHES))
    s.roughen(cover, s.rng.choice([0.2, 0.5, 0.8]))


def spatter(s):
    """Small round spots, here and there."""
    n = s.n
    inputs = {'Vector': s.at(), 'Scale': s.rng.uniform(2.5, 9.0)}
    cells = n.add('ShaderNodeTexVoronoi', inputs, voronoi_dimensions='2D')
    near = n.math('LESS_THAN', cells.outputs['Distance'], s.rng.uniform(0.1, 0.28))
    cover = n.math('MULTIPLY', near, s.spots(0.9, 0.5, 0.6, 2.0))
    s.paint(cover, s.rng.uniform(0.3, 0.9), s.rng.choice(SPLASHES + DUST))


def dust(s):
    fine = s.spots(s.rng.uniform(14, 40), 0.45, 0.7, 3.0)
    cover = s.n.math('MULTIPLY', fine, s.spots(s.rng.uniform(0.4, 1.2), 0.35, 0.7))
    s.paint(cover, s.rng.uniform(0.1, 0.5), s.rng.choice(DUST))
    s.roughen(cover, 0.95)


def scratches(s):
    tone = tuple(min(245, c * (1.7 if s.dark else s.rng.choice([0.6, 1.2])) + (20 if s.dark else 0)) for c in s.colour)
    for _ in range(s.rng.choice([1, 1, 2])):
        turn = s.rng.choice([s.rng.gauss(0, 0.12), s.rng.uniform(-1.6, 1.6)])
        low = s.rng.uniform(0.66, 0.74)
        cover = s.spots(1.5, low, low + 0.03, 1.0, (s.rng.uniform(0.08, 0.25), s.rng.uniform(7, 22), 1), turn)
        s.paint(cover, s.rng.uniform(0.2, 0.7), tone)


def tyre_marks(s):
    """Black rubbed bands, as of a wheel that drags or rolls."""
    n, half = s.n, s.rng.uniform(0.08, 0.4)
    turn = s.rng.choice([s.rng.gauss(0, 0.1), s.rng.uniform(-1.5, 1.5)])
    split = n.add('ShaderNodeSeparateXYZ', {'Vector': s.at(turn=turn, moved=False)})
    bend = n.math('MULTIPLY', n.math('SINE', n.math('MULTIPLY', split.outputs['X'], s.rng.uniform(0.2, 0.8)), 0.0), 0.3)
    line = n.math('SUBTRACT', n.math('ADD', split.outputs['Y'], bend), s.rng.uniform(-0.8, 0.8))
    cover = n.ramp(n.math('ABSOLUTE', line, 0.0), [(half * 0.7, 1.0), (half, 0.0)])
    if s.rng.random() < 0.6:
        tread = s.bands(s.rng.uniform(0.08, 0.25), s.rng.uniform(-0.8, 0.8))
        cover = n.math('MULTIPLY', cover, n.ramp(tread, [(0.35, 0.15), (0.6, 1.0)]))
    cover = n.math('MULTIPLY', cover, s.spots(1.2, 0.35, 0.6, 5.0, (0.3, 2, 1), turn))
    s.paint(cover, s.rng.uniform(0.3, 0.8), (120, 114, 106) if s.dark else (34, 33, 33))


def water(s):
    """Wet patches: darker, glossy, the relief drowned."""
    low = s.rng.uniform(0.42, 0.6)
    cover = s.spots(
        s.rng.uniform(0.3, 1.3), low, low + s.rng.uniform(0.02, 0.08), 3.0, (s.rng.choice([0.3, 1.0]), 1, 1)
    )
    s.tint = s.n.mix(s.n.math('MULTIPLY', cover, s.rng.uniform(0.25, 0.5)), s.tint, (0.01, 0.01, 0.011))
    s.roughen(cover, s.rng.uniform(0.05, 0.16))
    s.wet = s.n.math('MULTIPLY', cover, 0.85)


# layer and its chance, in the order in which they lie on the belt
LAYERS = [
    (wear, 0.45),
    (lane, 0.3),
    (grime, 0.5),
    (streaks, 0.5),
    (smudges, 0.55),
    (scratches, 0.4),
    (tyre_marks, 0.16),
    (stains, 0.28),
    (spatter, 0.2),
    (dust, 0.25),
    (water, 0.14),
]


def soil(s):
    """Lays dirt on: little on a clean belt, more on most."""
    times = s.rng.choice([0.2, 0.7, 1.0, 1.0, 1.3])
    for layer, chance in LAYERS:
        if s.rng.random() < chance * times:
            layer(s)
    return s
