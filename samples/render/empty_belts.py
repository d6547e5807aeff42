"""Empty belts of many makes, in good light and bad, for the label `empty`."""

import math

import belt_surface
import bpy
import geometry
import materials
import stage
from belt_surface import Surface, soil
from mathutils import Matrix, Vector

# colours (sRGB) of belts of cloth, plastic and rubber, how common
COLOURS = [
    ([(226, 226, 222), (236, 234, 228), (212, 215, 216)], 6),
    ([(226, 216, 196), (214, 198, 170), (202, 184, 150)], 3),
    ([(190, 192, 193), (170, 172, 174), (200, 196, 190)], 5),
    ([(138, 140, 142), (112, 113, 114), (126, 122, 116)], 5),
    ([(82, 82, 82), (68, 70, 74), (90, 84, 78)], 4),
    ([(46, 46, 48), (58, 56, 54), (34, 35, 38)], 7),
    ([(66, 122, 92), (44, 94, 70), (92, 142, 112), (30, 110, 100)], 4),
    ([(150, 186, 208), (70, 130, 190), (40, 90, 160), (34, 62, 110)], 4),
    ([(128, 96, 66), (96, 72, 52), (156, 124, 88)], 2),
    ([(146, 70, 54), (176, 92, 60), (120, 116, 70)], 1),
]
STEEL = [(176, 178, 180), (150, 153, 156), (196, 196, 194), (128, 128, 126)]
PAINTS = [(222, 178, 30), (40, 80, 150), (210, 100, 30), (46, 110, 70), (60, 62, 66), (186, 190, 192), (160, 40, 36)]
CASTS = [(1.0, 0.72, 0.42), (0.82, 1.0, 0.84), (0.7, 0.85, 1.0), (1.0, 0.86, 0.94), (0.55, 0.7, 1.0), (1.0, 0.95, 0.6)]
DARK = materials.linear((16, 16, 17))
FAR = 24  # as far as the camera may see along the belt


class Belt:
    """What the later steps must know of a belt."""

    def __init__(self, rng, reach):
        self.rng, self.reach = rng, reach
        self.colour = (128, 128, 128)
        self.flat, self.moves, self.holds_dirt = True, True, True

    def paint(self):
        """A colour for a belt that is not of bare steel."""
        shades = self.rng.choice([shades for shades, times in COLOURS for _ in range(times)])
        lighter = self.rng.uniform(-12, 8)
        self.colour = tuple(max(8, c + lighter + self.rng.uniform(-6, 6)) for c in self.rng.choice(shades))
        return self.colour

    def steel(self):
        self.colour = self.rng.choice(STEEL)
        return self.colour


def build(rng, seed):
    """Builds the belt, what is beside it, the light and the camera; returns the name of the belt's kind."""
    belt = Belt(rng, rng.choice([rng.uniform(0.7, 2.5), rng.uniform(1.5, 4.5)]))
    make = KINDS[seed % len(KINDS)]
    make(belt)
    if belt.flat and rng.random() < 0.4:
        rng.choice([strip, strip, finger_joint, lacing, lacing, tape, painted_line])(belt)
    if belt.holds_dirt:
        debris(belt)
    if belt.moves and rng.random() < 0.22:
        blur_motion(belt)
    if rng.random() < 0.35:
        sides(belt)
    light(belt)
    camera(belt)
    return make.__name__


# ---------------------------------------------------------------- kinds of belt


def ground(surface, height=0.0):
    return geometry.quad("belt", [(-40, -40, height), (40, -40, height), (40, 40, height), (-40, 40, height)], surface)


def below(height):
    """What shows through the gaps: the dark inside of the conveyor."""
    ground(materials.solid("inside", (22, 22, 23), 0.9), height)


def repeat(part, places):
    """Copies of a part that share its mesh; the part itself moves to the first place."""
    part.location = places[0]
    for place in places[1:]:
        copy = part.copy()
        copy.location = place
        bpy.context.scene.collection.objects.link(copy)


def stations(pitch, reach):
    """Places along or across the belt, one pitch apart, as far as the camera may see."""
    far = min(FAR, 5 * reach + 2)
    return [k * pitch for k in range(-int(far / pitch) - 1, int(far / pitch) + 2)]


def cloth(belt, pattern, rough=(0.35, 0.8)):
    surface = Surface(belt.rng, "belt", belt.paint(), belt.rng.uniform(*rough), pattern=pattern)
    return soil(surface).done()


def smooth_belt(belt):
    ground(cloth(belt, belt_surface.smooth, (0.25, 0.8)))


def fabric_belt(belt):
    ground(cloth(belt, belt.rng.choice([belt_surface.weave, belt_surface.twill]), (0.6, 0.95)))


def ribbed_belt(belt):
    ground(cloth(belt, belt.rng.choice([belt_surface.ribs_along, belt_surface.ribs_across])))


def diamond_belt(belt):
    ground(cloth(belt, belt.rng.choice([belt_surface.diamond, belt_surface.waffle])))


def studded_belt(belt):
    ground(cloth(belt, belt_surface.studs))


def rough_belt(belt):
    ground(cloth(belt, belt_surface.pebbles, (0.5, 0.9)))


def cleated_belt(belt):
    """Bars across the belt."""
    rng = belt.rng
    surface = cloth(belt, rng.choice([belt_surface.smooth, belt_surface.weave]))
    ground(surface)
    pitch, tall = rng.uniform(1.2, 4.0), rng.uniform(0.1, 0.7)
    bar = geometry.box("cleat", (rng.uniform(0.1, 0.35), 80, tall), surface, bevel=0.04)
    start = rng.uniform(0, pitch)
    repeat(bar, [(x + start, 0, tall / 2 - 0.03) for x in stations(pitch, belt.reach)])
    belt.flat = False


def chevron_belt(belt):
    """Raised V shapes, one behind the other."""
    rng = belt.rng
    surface = cloth(belt, belt_surface.smooth)
    ground(surface)
    pitch, angle, tall = rng.uniform(0.5, 2.4), rng.uniform(0.5, 1.0), rng.uniform(0.05, 0.2)
    arm = rng.uniform(0.5, 1.4) * min(pitch * 1.6, 2.6)
    half, width, start = arm * math.cos(angle), rng.uniform(0.06, 0.2), rng.uniform(0, pitch)
    lanes = [0.0] if rng.random() < 0.4 else [y for y in stations(2.2 * half, belt.reach)]
    along = stations(pitch, belt.reach)
    for side in (-1, 1):
        bar = geometry.box("chevron", (arm, width, tall), surface, bevel=min(width, tall) * 0.4)
        reach = Vector((math.sin(angle) * arm / 2, side * math.cos(angle) * arm / 2, tall / 2 - 0.02))
        bar.rotation_euler = (0, 0, math.atan2(reach.y, reach.x))
        repeat(bar, [(x + start + reach.x, y + reach.y, reach.z) for y in lanes for x in along])
    belt.flat = False


def slat_belt(belt):
    """Plates of steel or plastic across the belt, with gaps between."""
    rng = belt.rng
    if rng.random() < 0.65:
        surface = steel_surface(belt, rng.choice([None, None, belt_surface.smooth, belt_surface.diamond]))
    else:
        surface = cloth(belt, rng.choice([belt_surface.smooth, belt_surface.ribs_across]))
    pitch, gap = rng.uniform(0.5, 2.5), rng.uniform(0.02, 0.14)
    below(-0.5)
    plate = geometry.box("slat", (pitch - gap, 80, 0.2), surface, bevel=0.03)
    along, start = stations(pitch, belt.reach), rng.uniform(0, pitch)
    repeat(plate, [(x + start, 0, -0.1) for x in along])
    if rng.random() < 0.4 and pitch > 0.8:
        rivets(belt, [(x + start, y) for x in along for y in stations(rng.uniform(0.8, 2.5), belt.reach * 0.6)])
    belt.flat = False


def steel_surface(belt, pattern=None):
    rng = belt.rng
    surface = Surface(rng, "steel", belt.steel(), rng.uniform(0.28, 0.55), rng.uniform(0.6, 0.95), pattern)
    if rng.random() < 0.3:
        surface.paint(surface.spots(1.5, 0.5, 0.65, 6.0), rng.uniform(0.3, 0.9), (120, 70, 40))
    return soil(surface).done()


def rivets(belt, places):
    radius = belt.rng.uniform(0.04, 0.09)
    steel = materials.solid("rivet", belt.rng.choice(STEEL), 0.35, 0.8)
    head = geometry.tube("rivet", [(0, 0, -0.02), (0, 0, 0.03)], radius, steel, 12)
    repeat(head, [(x, y, 0.0) for x, y in places])


def holed_belt(belt):
    """Plates or a belt full of holes, round or oblong."""
    rng = belt.rng
    metal = rng.random() < 0.6
    surface = Surface(
        rng, "holes", belt.steel() if metal else belt.paint(), rng.uniform(0.3, 0.6), 0.85 if metal else 0.0
    )
    soil(surface)
    n, pitch, size = surface.n, rng.uniform(0.12, 0.6), rng.uniform(0.2, 0.38)
    long = rng.choice([1.0, 1.0, 2.5])
    split = n.add('ShaderNodeSeparateXYZ', {'Vector': surface.at((1 / pitch, 1 / pitch / long, 1))})
    row = n.math('FLOOR', split.outputs['X'], 0.0)
    shifted = n.math('ADD', split.outputs['Y'], n.math('MULTIPLY', row, 0.5))
    x = n.math('SUBTRACT', n.math('FRACT', split.outputs['X'], 0.0), 0.5)
    y = n.math('SUBTRACT', n.math('FRACT', shifted, 0.0), 0.5)
    away = n.math('SQRT', n.math('ADD', n.math('MULTIPLY', x, x), n.math('MULTIPLY', y, y)), 0.0)
    hole = n.ramp(away, [(size * 0.9, 1.0), (size, 0.0)])
    surface.tint = n.mix(hole, surface.tint, DARK)
    surface.roughen(hole, 1.0)
    surface.metallic = n.math('MULTIPLY', n.math('SUBTRACT', 1.0, hole), surface.metallic)
    surface.height, surface.depth = n.ramp(away, [(size, 0.0), (min(1.0, size * 1.3), 1.0)]), 0.03
    ground(surface.done())
    belt.flat = False


def wire_belt(belt):
    """A belt of woven wire over the dark inside of the conveyor."""
    rng = belt.rng
    surface = soil(Surface(rng, "wire", belt.steel(), rng.uniform(0.3, 0.5), 0.85))
    n, period, turn = surface.n, rng.uniform(0.08, 0.35), rng.choice([0.0, 0.7, math.pi / 4, 1.1])
    cross = turn + math.pi / 2 if turn == 0.0 else -turn
    wires = n.math('MAXIMUM', surface.bands(period, turn), surface.bands(period * rng.uniform(0.6, 1.0), cross))
    low = rng.uniform(0.55, 0.8)
    gap = n.ramp(wires, [(low, 1.0), (low + 0.08, 0.0)])
    surface.tint = n.mix(gap, surface.tint, DARK)
    surface.roughen(gap, 1.0)
    surface.metallic = n.math('MULTIPLY', n.math('SUBTRACT', 1.0, gap), surface.metallic)
    surface.height, surface.depth = n.ramp(wires, [(low, 0.0), (1.0, 1.0)]), period * 0.25
    ground(surface.done())
    belt.flat = False


def module_belt(belt):
    """Plastic modules, hinged to each other like laid bricks."""
    rng = belt.rng
    surface = Surface(rng, "modules", belt.paint(), rng.uniform(0.3, 0.6))
    n, long, deep = surface.n, rng.uniform(0.4, 2.0), rng.uniform(0.2, 0.6)
    inputs = {
        'Vector': surface.at(turn=math.pi / 2),
        'Scale': 1.0,
        'Mortar Size': rng.uniform(0.008, 0.03),
        'Mortar Smooth': 0.4,
        'Brick Width': long,
        'Row Height': deep,
    }
    joint = n.add('ShaderNodeTexBrick', inputs, offset=rng.choice([0.5, 0.5, 0.33])).outputs['Fac']
    surface.height, surface.depth = n.math('SUBTRACT', 1.0, joint), 0.04
    if rng.random() < 0.4:
        inputs.update({'Mortar Size': 0.1 * deep, 'Brick Width': deep * 0.35, 'Row Height': deep * 0.5})
        slots = n.add('ShaderNodeTexBrick', inputs, offset=0.0).outputs['Fac']
        surface.tint = n.mix(n.math('MULTIPLY', slots, 0.4), surface.tint, DARK)
    surface.tint = n.mix(n.math('MULTIPLY', joint, rng.uniform(0.6, 0.95)), surface.tint, DARK)
    ground(soil(surface).done())
    belt.flat = False


def roller_bed(belt):
    """Rollers side by side, as at the end of a belt."""
    rng = belt.rng
    if rng.random() < 0.6:
        surface = steel_surface(belt)
    else:
        surface = cloth(belt, None)
    radius = rng.uniform(0.2, 0.45)
    pitch = 2 * radius * rng.uniform(1.03, 1.6)
    below(-1.5)
    roller = geometry.tube("roller", [(0, -40, 0), (0, 40, 0)], radius, surface, 48)
    start = rng.uniform(0, pitch)
    repeat(roller, [(x + start, 0, -radius) for x in stations(pitch, belt.reach)])
    belt.flat = belt.moves = belt.holds_dirt = False


# ---------------------------------------------------------------- joints and marks


def across(belt, name, width, surface, height=0.004, slant=0.35):
    """A strip across the whole belt, somewhere in view."""
    rng = belt.rng
    place, lean = rng.uniform(-0.7, 0.7) * belt.reach - width / 2, rng.uniform(-slant, slant)
    low, high = place - 40 * lean, place + 40 * lean
    corners = [(low, -40, height), (low + width, -40, height), (high + width, 40, height), (high, 40, height)]
    return geometry.quad(name, corners, surface)


def strip(belt):
    """A glued joint, narrow or wide, in nearly the tone of the belt."""
    rng = belt.rng
    factor = rng.choice([0.72, 0.85, 0.93, 1.08])
    tone = tuple(max(0, min(250, c * factor + rng.uniform(-8, 8))) for c in belt.colour)
    offset = geometry.random_offset(rng)
    surface = materials.solid("seam", tone, rng.uniform(0.3, 0.7), bump=0.2, stains=rng.uniform(0, 0.5), offset=offset)
    across(belt, "seam", rng.choice([rng.uniform(0.1, 0.8), rng.uniform(0.8, 2.4)]), surface)


def finger_joint(belt):
    """A joint cut in a zigzag."""
    rng = belt.rng
    surface = materials.solid("joint", tuple(c * 0.55 for c in belt.colour), 0.7)
    pitch, deep, thick = rng.uniform(0.2, 0.8), rng.uniform(0.4, 2.0), rng.uniform(0.015, 0.05)
    place = rng.uniform(-0.5, 0.5) * belt.reach
    vertices = []
    for k, y in enumerate(stations(pitch / 2, belt.reach)):
        x = place + (deep / 2 if k % 2 else -deep / 2)
        vertices += [(x, y, 0.004), (x + thick * math.hypot(1, 2 * deep / pitch) * 0.5, y, 0.004)]
    faces = [(k, k + 1, k + 3, k + 2) for k in range(0, len(vertices) - 2, 2)]
    geometry.mesh_object("joint", vertices, faces, surface, smooth=False)


def lacing(belt):
    """The two ends of the belt held together by a row of metal clips or plates."""
    rng = belt.rng
    gap = materials.solid("gap", (20, 20, 21), 0.9)
    steel = materials.solid("clip", rng.choice(STEEL), 0.35, 0.85, offset=geometry.random_offset(rng))
    place, length = rng.uniform(-0.6, 0.6) * belt.reach, rng.uniform(0.2, 0.7)
    half = rng.uniform(0.01, 0.04)
    near, past = place - half, place + half
    geometry.quad("gap", [(near, -40, 0.003), (past, -40, 0.003), (past, 40, 0.003), (near, 40, 0.003)], gap)
    pitch = rng.uniform(0.1, 0.22) if length < 0.45 else rng.uniform(0.3, 0.6)
    clip = geometry.box("clip", (length, pitch * rng.uniform(0.35, 0.8), 0.05), steel, bevel=0.02)
    across_belt = stations(pitch, belt.reach)
    repeat(clip, [(place, y, 0.02) for y in across_belt])
    if pitch > 0.3:
        rivets(belt, [(place + side * length * 0.3, y) for y in across_belt for side in (-1, 1)])


def tape(belt):
    """A repair: tape or a strip of other stuff, straight across."""
    rng = belt.rng
    tone = rng.choice([(170, 172, 174), (40, 40, 42), (206, 196, 170), (70, 72, 74), (210, 180, 50)])
    surface = materials.solid(
        "tape", tone, rng.uniform(0.25, 0.6), bump=0.35, bump_scale=9.0, stains=0.5, offset=geometry.random_offset(rng)
    )
    for _ in range(rng.choice([1, 1, 2])):
        across(belt, "tape", rng.uniform(0.2, 0.6), surface, rng.uniform(0.004, 0.012), 0.12)


def painted_line(belt):
    """Worn lines along or across the belt."""
    rng = belt.rng
    offset = geometry.random_offset(rng)
    tone = rng.choice([(220, 220, 214), (220, 180, 40), (40, 42, 46), (170, 50, 40)])
    surface = materials.solid("line", tone, 0.6, stains=0.9, stain_colour=belt.colour, stain_scale=3.0, offset=offset)
    if rng.random() < 0.4:
        across(belt, "line", rng.uniform(0.04, 0.25), surface, slant=0.05)
        return
    for _ in range(rng.choice([1, 2])):
        low = rng.uniform(-0.7, 0.7) * belt.reach
        high = low + rng.uniform(0.04, 0.2)
        geometry.quad("line", [(-40, low, 0.004), (40, low, 0.004), (40, high, 0.004), (-40, high, 0.004)], surface)


# ---------------------------------------------------------------- what lies on the belt and beside it


def debris(belt):
    """Crumbs, grit and shreds, all far smaller than an item."""
    rng = belt.rng
    count = rng.choice([0, 0, 0, 4, 8, 15, 30, 60, 120])
    tones = [(92, 70, 44), (60, 52, 44), (150, 120, 80), (200, 196, 186), (70, 90, 50), (30, 30, 30), (180, 60, 40)]
    heap = (rng.uniform(-1, 1) * belt.reach, rng.uniform(-0.7, 0.7) * belt.reach, rng.uniform(0.2, 0.8) * belt.reach)
    shapes = []
    for _ in range(min(count, 6)):
        surface = materials.solid("crumb", rng.choice(tones), 0.9)
        offset = geometry.random_offset(rng)
        crumb = geometry.lump("crumb", 1.0, surface, 2, lambda d, o=offset: 1 + 0.5 * geometry.noise.noise(d * 1.5 + o))
        shapes.append(crumb)
    for k in range(count):
        crumb = shapes[k] if k < len(shapes) else shapes[k % len(shapes)].copy()
        if k >= len(shapes):
            bpy.context.scene.collection.objects.link(crumb)
        size = belt.reach * min(0.02, rng.lognormvariate(-5.2, 0.5))
        crumb.scale = (size * rng.uniform(0.8, 2.4), size, size * rng.choice([0.25, 0.6]))
        crumb.rotation_euler = (0, 0, rng.uniform(0, 6))
        if rng.random() < 0.5:
            spot = (rng.gauss(heap[0], heap[2]), rng.gauss(heap[1], heap[2]))
        else:
            spot = (rng.uniform(-1.6, 1.6) * belt.reach, rng.uniform(-1.4, 1.4) * belt.reach)
        crumb.location = (*spot, size * 0.3)


def sides(belt):
    """The edge of the belt: a guide or an open edge, on one side or on both."""
    rng, reach = belt.rng, belt.reach
    both = rng.random() < 0.3
    first = rng.choice([-1, 1])
    make = rng.choice([guide, guide, skirt, open_edge])
    for side in (first, -first) if both else (first,):
        make(belt, side, rng.uniform(0.6, 1.0) * reach)


def guide(belt, side, at):
    """A rail of steel or painted, bolted to the frame."""
    rng = belt.rng
    metal = rng.random() < 0.5
    surface = materials.solid(
        "rail",
        rng.choice(STEEL if metal else PAINTS),
        rng.uniform(0.3, 0.6),
        0.7 if metal else 0.0,
        stains=rng.uniform(0.0, 0.6),
        offset=geometry.random_offset(rng),
    )
    gap = materials.solid("gap", (24, 24, 25), 0.9)
    tall, wide = rng.uniform(0.2, 1.2), rng.uniform(0.06, 0.8)
    low, high = sorted((side * at, side * (at + 8)))
    geometry.quad("gap", [(-40, low, 0.006), (40, low, 0.006), (40, high, 0.006), (-40, high, 0.006)], gap)
    rail_at = at + wide / 2 + rng.choice([0.0, 0.15, 0.35])
    geometry.box("rail", (80, wide, tall), surface, bevel=0.03).location = (0, side * rail_at, tall / 2)
    geometry.box("frame", (80, 6.0, 0.3), surface, bevel=0.05).location = (0, side * (rail_at + 3 + wide), tall * 0.7)
    if wide > 0.25 and rng.random() < 0.7:
        head = geometry.tube("bolt", [(0, 0, -0.05), (0, 0, 0.06)], 0.09, surface, 6)
        repeat(head, [(x, side * rail_at, tall) for x in stations(rng.uniform(1.0, 3.0), belt.reach)])


def skirt(belt, side, at):
    """A strip of rubber that leans onto the belt."""
    tone = belt.rng.choice([(36, 36, 38), (54, 52, 50), (190, 186, 178), (150, 60, 44)])
    surface = materials.solid("skirt", tone, 0.6, stains=0.4, offset=geometry.random_offset(belt.rng))
    edge, back, high = side * at, side * (at + belt.rng.uniform(0.4, 1.5)), belt.rng.uniform(0.4, 1.6)
    geometry.quad("skirt", [(-40, edge, 0.02), (40, edge, 0.02), (40, back, high), (-40, back, high)], surface)
    geometry.box("beam", (80, 6.0, 0.4), surface, bevel=0.05).location = (0, back + side * 3.0, high)


def open_edge(belt, side, at):
    """The belt ends; below it the frame and the floor."""
    rng = belt.rng
    floor = materials.solid(
        "floor", rng.choice([(104, 102, 98), (70, 72, 74), (128, 120, 108)]), 0.8, stains=0.6, stain_scale=0.8
    )
    frame = materials.solid("frame", rng.choice(PAINTS + STEEL), 0.5, stains=0.4, offset=geometry.random_offset(rng))
    shade = materials.solid("shade", (20, 20, 21), 0.9)
    low, high = sorted((side * at, side * (at + 0.12)))
    geometry.quad("shade", [(-40, low, 0.005), (40, low, 0.005), (40, high, 0.005), (-40, high, 0.005)], shade)
    low, high = sorted((side * (at + 0.1), side * (at + 30)))
    geometry.quad("floor", [(-40, low, 0.006), (40, low, 0.006), (40, high, 0.006), (-40, high, 0.006)], floor)
    wide = rng.uniform(0.3, 1.2)
    geometry.box("frame", (80, wide, 0.1), frame, bevel=0.03).location = (0, side * (at + 0.12 + wide / 2), 0.0)


def blur_motion(belt):
    """Lets all that lies in the scene so far run on while the shutter is open."""
    scene = bpy.context.scene
    travel = bpy.data.objects.new("travel", None)
    for part in list(scene.collection.objects):
        part.parent = travel
    scene.collection.objects.link(travel)
    length = belt.rng.uniform(0.04, 0.35) * belt.reach
    for frame in (0, 2):
        travel.location = ((frame - 1) * length, 0, 0)
        travel.keyframe_insert('location', frame=frame)
    for curve in travel.animation_data.action.fcurves:
        for point in curve.keyframe_points:
            point.interpolation = 'LINEAR'
    scene.render.use_motion_blur = True
    scene.render.motion_blur_shutter = 1.0
    scene.frame_set(1)


# ---------------------------------------------------------------- light and camera


def light(belt):
    """The hall as for the items, or dim, tinted, with a hot spot or with hard shadows."""
    rng = belt.rng
    if rng.random() < 0.4:
        stage.light(rng)
    else:
        cast = rng.choice(CASTS) if rng.random() < 0.4 else (1.0, 0.97, 0.93)
        other = cast if rng.random() < 0.6 else (1.0, 1.0, 1.0)
        sky = rng.uniform(0.14, 0.45)
        stage.hall(rng, other, sky)
        azimuth, elevation = rng.uniform(0, 2 * math.pi), rng.choice([rng.uniform(12, 35), rng.uniform(38, 78)])
        soft = rng.choice([0.15, 0.5, 1.5, 3.0, 5.0])
        strength = (1.1 - sky * 0.7) * rng.uniform(0.9, 1.3) / max(0.5, math.sin(math.radians(elevation)))
        stage.lamp(rng, azimuth, elevation, soft, 11.0, strength, cast)
        if soft < 1.0 and rng.random() < 0.75:
            shadows(belt, azimuth, elevation)
        if rng.random() < 0.3:
            hot_spot(belt, cast)
    stage.exposure(rng)
    view = bpy.context.scene.view_settings
    pale = sum(belt.colour) > 240
    mood = rng.random()
    if mood < 0.2:
        view.exposure -= rng.uniform(0.4, 2.0 if pale else 0.8)
    elif mood < 0.45:
        view.exposure += rng.uniform(0.2, 0.8 if pale else 1.4)
    if rng.random() < 0.3:
        view.look = rng.choice(['None', 'Medium Contrast', 'Low Contrast'])


def shadows(belt, azimuth, elevation):
    """The edge of a shadow across the view, of one thing or of a row of bars."""
    rng, high = belt.rng, math.radians(elevation)
    toward = Vector((math.cos(high) * math.cos(azimuth), math.cos(high) * math.sin(azimuth), math.sin(high)))
    spot = Vector((rng.uniform(-0.6, 0.6) * belt.reach, rng.uniform(-0.5, 0.5) * belt.reach, 0))
    centre = spot + toward * rng.uniform(2.0, 5.0)
    wide = rng.choice([30.0, 30.0, rng.uniform(0.3, 1.2) * belt.reach])
    count = 1 if wide > 20 else rng.choice([1, 1, 4])
    board = materials.solid("board", (40, 40, 40), 0.9)
    turn = Matrix.Rotation(rng.uniform(0, 2 * math.pi), 4, 'Z')
    for k in range(count):
        near = k * wide * 2.2
        shade = geometry.quad(
            "shade", [(-30, near, 0), (30, near, 0), (30, near + wide, 0), (-30, near + wide, 0)], board
        )
        shade.data.transform(turn)
        shade.location = centre
        shade.visible_camera = shade.visible_diffuse = shade.visible_glossy = False


def hot_spot(belt, cast):
    """A small lamp close to the belt."""
    rng = belt.rng
    data = bpy.data.lights.new("spot", 'SPOT')
    data.spot_size, data.spot_blend = rng.uniform(0.5, 1.2), rng.uniform(0.3, 1.0)
    data.shadow_soft_size = rng.uniform(0.02, 0.3)
    data.color = cast
    high = belt.reach * rng.uniform(1.0, 2.5)
    data.energy = rng.uniform(14, 60) * high**2
    part = bpy.data.objects.new("spot", data)
    part.visible_glossy = False  # mirrored in a glossy belt it would look like a lid
    bpy.context.scene.collection.objects.link(part)
    aim = Vector((rng.uniform(-0.9, 0.9) * belt.reach, rng.uniform(-0.7, 0.7) * belt.reach, 0))
    part.location = aim + Vector((rng.uniform(-0.7, 0.7), rng.uniform(-0.7, 0.7), 1.0)) * high
    part.rotation_euler = (aim - part.location).to_track_quat('-Z', 'Y').to_euler()


def camera(belt):
    """Over the belt, now and then turned against it, out of focus or grainy."""
    rng, scene, reach = belt.rng, bpy.context.scene, belt.reach
    points = [Vector((x, y, 0)) for x in (-reach, reach) for y in (-reach * 0.75, reach * 0.75)]
    part = stage.camera(rng, points, 0.95)
    if rng.random() < 0.15:
        part.matrix_basis = Matrix.Rotation(rng.uniform(-0.8, 0.8), 4, 'Z') @ part.matrix_basis
    if rng.random() < 0.12:
        part.data.dof.focus_distance *= rng.uniform(0.55, 0.85)
        part.data.dof.aperture_fstop = rng.uniform(0.2, 0.6)
    if rng.random() < 0.15:
        scene.use_nodes = False


# a seed takes the one at its remainder
KINDS = [
    smooth_belt,
    fabric_belt,
    ribbed_belt,
    smooth_belt,
    cleated_belt,
    rough_belt,
    diamond_belt,
    smooth_belt,
    slat_belt,
    fabric_belt,
    chevron_belt,
    holed_belt,
    smooth_belt,
    module_belt,
    studded_belt,
    fabric_belt,
    roller_bed,
    wire_belt,
    smooth_belt,
    ribbed_belt,
]
