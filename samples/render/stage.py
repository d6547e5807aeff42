"""Everything round the item: the belt, the light of the hall, the camera, the render settings."""

import math

import bpy
from mathutils import Vector

import geometry
import materials
from materials import Nodes, linear

# name, colours (sRGB), how common
BELTS = [
    ("white PU", [(226, 226, 222), (236, 234, 228), (216, 219, 220)], 5),
    ("cream PU", [(226, 216, 196), (220, 206, 182)], 2),
    ("light grey", [(196, 198, 199), (182, 184, 186), (204, 200, 194)], 4),
    ("light blue", [(150, 186, 208), (176, 200, 214), (126, 170, 200)], 2),
    ("mid grey", [(138, 140, 142), (120, 121, 122)], 2),
    ("black rubber", [(46, 46, 48), (60, 59, 58), (38, 40, 43)], 2),
    ("green PVC", [(66, 122, 92), (52, 104, 78), (92, 142, 112)], 2),
]


def new_scene(seed, width, height, samples):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = 'CYCLES'
    scene.render.resolution_x, scene.render.resolution_y = width, height
    scene.render.resolution_percentage = 100
    scene.render.image_settings.file_format = 'JPEG'
    scene.render.image_settings.quality = 88
    scene.view_settings.view_transform = 'Filmic'
    cycles = scene.cycles
    cycles.device = 'CPU'
    cycles.seed = seed
    cycles.samples = samples
    cycles.use_adaptive_sampling = True
    cycles.adaptive_threshold = 0.05
    cycles.adaptive_min_samples = 12
    cycles.use_denoising = False
    cycles.max_bounces = 8
    cycles.diffuse_bounces = 2
    cycles.glossy_bounces = 3
    cycles.transmission_bounces = 8
    cycles.transparent_max_bounces = 14
    cycles.caustics_reflective = False
    cycles.caustics_refractive = False
    cycles.blur_glossy = 1.0
    cycles.sample_clamp_indirect = 1.5
    cycles.filter_width = 1.7
    soften_grain(scene)
    return scene


def soften_grain(scene):
    """Evens out the grain of few samples, within what differs little; edges stay."""
    scene.use_nodes = True
    tree = scene.node_tree
    tree.nodes.clear()
    source = tree.nodes.new('CompositorNodeRLayers')
    specks = tree.nodes.new('CompositorNodeDespeckle')
    specks.threshold, specks.threshold_neighbor = 0.06, 0.5
    blur = tree.nodes.new('CompositorNodeBilateralblur')
    blur.iterations, blur.sigma_color, blur.sigma_space = 1, 0.05, 1.2
    target = tree.nodes.new('CompositorNodeComposite')
    tree.links.new(source.outputs['Image'], specks.inputs['Image'])
    tree.links.new(specks.outputs['Image'], blur.inputs['Image'])
    tree.links.new(specks.outputs['Image'], blur.inputs['Determinator'])
    tree.links.new(blur.outputs['Image'], target.inputs['Image'])


# ---------------------------------------------------------------- belt


def belt(rng):
    """The belt, which runs along x, with its joint and its dirt."""
    kinds = [kind for kind in BELTS for _ in range(kind[2])]
    name, colours, _ = rng.choice(kinds)
    lighter = rng.uniform(-8, 6)
    colour = tuple(c + lighter + rng.uniform(-2, 2) for c in rng.choice(colours))
    surface = belt_material(rng, name, colour)
    geometry.quad("belt", [(-40, -40, 0), (40, -40, 0), (40, 40, 0), (-40, 40, 0)], surface)
    if rng.random() < 0.16:
        belt_seam(rng, colour)
    crumbs(rng)


def belt_material(rng, name, colour):
    n = Nodes("belt")
    offset = tuple(rng.uniform(-200, 200) for _ in range(3))
    place = n.coordinates('Object', location=offset)
    along = n.coordinates('Object', location=offset, scale=(0.06, 1.6, 1))
    dark = sum(colour) < 240
    streaks = n.ramp(n.noise(along, 1.4, 4.0, 0.7), [(0.5, 0.0), (0.78, 1.0)])
    dirt = linear(rng.choice([(96, 84, 66), (70, 66, 62), (110, 92, 64)]) if not dark else (122, 116, 106))
    tint = n.mix(n.math('MULTIPLY', streaks, rng.uniform(0.05, 0.3)), linear(colour), dirt)
    smudges = n.ramp(n.noise(place, rng.uniform(0.5, 1.2), 5.0, 0.68, 0.3), [(0.5, 0.0), (0.75, 1.0)])
    tint = n.mix(n.math('MULTIPLY', smudges, rng.uniform(0.05, 0.5)), tint, dirt)
    if rng.random() < 0.6:
        scratched = n.coordinates(
            'Object', location=offset, scale=(0.12, 9.0, 1), rotation=(0, 0, rng.uniform(-0.3, 0.3))
        )
        scuffs = n.ramp(n.noise(scratched, 1.5, 1.0, 0.5), [(0.7, 0.0), (0.74, 1.0)])
        scuff_tone = linear(tuple(min(255, c * (1.5 if dark else 0.8)) for c in colour))
        tint = n.mix(n.math('MULTIPLY', scuffs, rng.uniform(0.1, 0.5)), tint, scuff_tone)
    rough = rng.uniform(0.4, 0.75)
    gloss = n.ramp(smudges, [(0.0, rough), (1.0, min(1.0, rough * 1.25))])
    return n.done(
        n.principled(base_color=tint, roughness=gloss, normal=belt_texture(rng, n, place, name), specular=0.3)
    )


def belt_texture(rng, n, place, name):
    """The raised pattern of the belt, as a normal."""
    style = rng.choice(["weave", "weave", "grain", "ribs"])
    if style == "weave":
        size = rng.uniform(26, 44)
        first = n.add(
            'ShaderNodeTexWave', {'Vector': place, 'Scale': size, 'Distortion': 0.0}, bands_direction='X'
        ).outputs['Fac']
        second = n.add(
            'ShaderNodeTexWave', {'Vector': place, 'Scale': size, 'Distortion': 0.0}, bands_direction='Y'
        ).outputs['Fac']
        return n.bump(n.math('MULTIPLY', first, second), rng.uniform(0.1, 0.3), 0.01)
    if style == "ribs" and name in ("black rubber", "green PVC"):
        ribs = n.add(
            'ShaderNodeTexWave', {'Vector': place, 'Scale': 3.0, 'Distortion': 0.0}, bands_direction='Y'
        ).outputs['Fac']
        return n.bump(ribs, 0.35, 0.03)
    return n.bump(n.noise(place, rng.uniform(25, 50), 2.0), rng.uniform(0.2, 0.45), 0.012)


def belt_seam(rng, colour):
    """The joint of the belt: a slightly raised strip across it."""
    place, width, slant = rng.uniform(-4, 4), rng.uniform(0.25, 0.8), rng.uniform(-0.35, 0.35)
    tone = tuple(max(0, c * rng.uniform(0.82, 0.95)) for c in colour)
    surface = materials.solid("seam", tone, 0.5, bump=0.2, stains=0.4, offset=geometry.random_offset(rng))
    low, high = place - 40 * slant, place + 40 * slant
    geometry.quad(
        "seam", [(low, -40, 0.004), (low + width, -40, 0.004), (high + width, 40, 0.004), (high, 40, 0.004)], surface
    )


def surroundings(rng, points):
    """In some pictures a cleat across the belt or its steel side, clear of the item."""
    kind = rng.random()
    if kind < 0.1:
        cleat(rng, max(abs(p.x) for p in points) + rng.uniform(0.3, 1.2))
    elif kind < 0.26:
        side_rail(rng, max(abs(p.y) for p in points) + rng.uniform(0.3, 1.2))


def cleat(rng, distance):
    """A raised bar across the belt, which carries things up a slope."""
    bar = geometry.box("cleat", (0.3, 80, 1.0), bpy.data.materials["belt"], bevel=0.08)
    bar.location = (rng.choice([-1, 1]) * (distance + 0.15), 0, 0)


def side_rail(rng, distance):
    """The steel guide beside the belt and the frame behind it."""
    steel = materials.solid(
        "rail",
        rng.choice([(150, 153, 156), (176, 178, 180), (92, 96, 100)]),
        0.35,
        0.6,
        offset=geometry.random_offset(rng),
    )
    gap = materials.solid("gap", (24, 24, 25), 0.9)
    side = rng.choice([-1, 1])
    near, rail_at, frame_at = (side * (distance + d) for d in (0.0, 0.35, 2.6))
    low, high = sorted((near, near + side * 5))
    geometry.quad("gap", [(-40, low, 0.003), (40, low, 0.003), (40, high, 0.003), (-40, high, 0.003)], gap)
    geometry.box("rail", (80, 0.12, 1.0), steel, bevel=0.03).location = (0, rail_at, 0.45)
    geometry.box("frame", (80, 4.0, 0.3), steel, bevel=0.05).location = (0, frame_at, 0.7)


def crumbs(rng):
    """Small dirt that any belt carries."""
    count = rng.choice([0, 0, 2, 5, 9, 16])
    tones = [(92, 70, 44), (60, 52, 44), (150, 120, 80), (200, 196, 186), (70, 90, 50)]
    for k in range(count):
        surface = materials.solid("crumb", rng.choice(tones), 0.9)
        offset = geometry.random_offset(rng)
        size = rng.uniform(0.012, 0.05)
        crumb = geometry.lump(
            "crumb", size, surface, 2, lambda d, o=offset: 1 + 0.5 * geometry.noise.noise(d * 1.5 + o)
        )
        crumb.scale = (rng.uniform(0.7, 2.2), 1, 0.6)
        crumb.rotation_euler = (0, 0, rng.uniform(0, 6))
        crumb.location = (rng.uniform(-4.5, 4.5), rng.uniform(-3.5, 3.5), size * 0.3)


# ---------------------------------------------------------------- light


def light(rng):
    """A grey hall with bright and dark parts, and one or two lamps."""
    warm = rng.choice([(1.0, 0.93, 0.84), (1.0, 0.97, 0.93), (0.95, 0.98, 1.0), (1.0, 1.0, 1.0)])
    sky = rng.uniform(0.16, 0.42)
    hall(rng, warm, sky)
    azimuth = rng.uniform(0, 2 * math.pi)
    soft = rng.choice([1.2, 2.5, 4.0, 7.0])
    lamp(rng, azimuth, rng.uniform(38, 74), soft, 11.0, (1.1 - sky * 0.7) * rng.uniform(0.85, 1.15), warm)
    if rng.random() < 0.65:
        long_lamp(rng, azimuth + rng.uniform(1.6, 4.6), rng.uniform(50, 80), rng.uniform(0.2, 0.5), warm)


def hall(rng, warm, strength):
    world = bpy.data.worlds.new("hall")
    bpy.context.scene.world = world
    world.use_nodes = True
    world.cycles.sampling_method = 'MANUAL'
    world.cycles.sample_map_resolution = 128
    tree = world.node_tree
    tree.nodes.clear()
    output = tree.nodes.new('ShaderNodeOutputWorld')
    background = tree.nodes.new('ShaderNodeBackground')
    ramp = tree.nodes.new('ShaderNodeValToRGB')
    texture = tree.nodes.new('ShaderNodeTexNoise')
    mapping = tree.nodes.new('ShaderNodeMapping')
    source = tree.nodes.new('ShaderNodeTexCoord')
    mapping.inputs['Scale'].default_value = (rng.uniform(1, 4), rng.uniform(0.5, 1), rng.uniform(0.8, 2))
    mapping.inputs['Location'].default_value = tuple(rng.uniform(-20, 20) for _ in range(3))
    mapping.inputs['Rotation'].default_value = (0, 0, rng.uniform(0, 3))
    texture.inputs['Scale'].default_value = 1.6
    texture.inputs['Detail'].default_value = 2.0
    stops = ramp.color_ramp.elements
    stops[0].position, stops[1].position = 0.36, 0.66
    stops[0].color = (*[0.06 * c for c in warm], 1)
    stops[1].color = (*[2.1 * c for c in warm], 1)
    background.inputs['Strength'].default_value = strength
    links = tree.links
    links.new(source.outputs['Generated'], mapping.inputs['Vector'])
    links.new(mapping.outputs['Vector'], texture.inputs['Vector'])
    links.new(texture.outputs['Fac'], ramp.inputs['Fac'])
    links.new(ramp.outputs['Color'], background.inputs['Color'])
    links.new(background.outputs['Background'], output.inputs['Surface'])


def lamp(rng, azimuth, elevation, size, distance, strength, colour, length=None):
    data = bpy.data.lights.new("lamp", 'AREA')
    data.shape = 'RECTANGLE'
    data.size, data.size_y = size, length or size * rng.uniform(0.6, 1.6)
    data.color = colour
    data.energy = strength * 4 * math.pi * distance**2
    part = bpy.data.objects.new("lamp", data)
    part.visible_transmission = False
    bpy.context.scene.collection.objects.link(part)
    high = math.radians(elevation)
    part.location = (
        distance * math.cos(high) * math.cos(azimuth),
        distance * math.cos(high) * math.sin(azimuth),
        distance * math.sin(high),
    )
    part.rotation_euler = (Vector((0, 0, 0)) - part.location).to_track_quat('-Z', 'Y').to_euler()


def long_lamp(rng, azimuth, elevation, strength, colour):
    """A tube lamp; what makes the long highlights on bottles and cans."""
    lamp(rng, azimuth, elevation, 0.5, 9.0, strength, colour, length=7.0)


# ---------------------------------------------------------------- camera


def camera(rng, points, fill):
    """Looks at the points from above so that they fill about `fill` of the picture."""
    scene = bpy.context.scene
    data = bpy.data.cameras.new("camera")
    part = bpy.data.objects.new("camera", data)
    scene.collection.objects.link(part)
    scene.camera = part
    data.lens = rng.uniform(34, 60)
    tilt = math.radians(rng.choice([rng.uniform(0, 10), rng.uniform(5, 22), rng.uniform(15, 35)]))
    heading = rng.choice([0, math.pi / 2, math.pi, -math.pi / 2]) + math.radians(rng.gauss(0, 4))
    part.rotation_euler = (tilt, 0, heading)
    axes = part.rotation_euler.to_matrix()
    right, upward, back = axes.col[0], axes.col[1], axes.col[2]
    middle = sum(points, Vector()) / len(points)
    half_width = 18.0 / data.lens
    half_height = half_width * scene.render.resolution_y / scene.render.resolution_x
    distance = 4.0
    for _ in range(12):
        spot = middle + back * distance
        seen = [((p - spot).dot(right), (p - spot).dot(upward), -(p - spot).dot(back)) for p in points]
        xs = [x / max(d, 0.1) / half_width for x, _, d in seen]
        ys = [y / max(d, 0.1) / half_height for _, y, d in seen]
        extent = max((max(xs) - min(xs)) / 2, (max(ys) - min(ys)) / 2)
        middle = (
            middle
            + right * (max(xs) + min(xs)) / 2 * half_width * distance
            + upward * (max(ys) + min(ys)) / 2 * half_height * distance
        )
        distance *= max(0.5, min(2.0, extent / fill))
    slack = max(0.0, 0.96 - fill)
    middle = (
        middle
        + right * half_width * distance * rng.uniform(-slack, slack) * 0.7
        + upward * half_height * distance * rng.uniform(-slack, slack) * 0.7
    )
    part.location = middle + back * distance
    data.dof.use_dof = True
    data.dof.focus_distance = distance * 0.97
    data.dof.aperture_fstop = rng.uniform(0.6, 1.8)
    data.sensor_width = 36.0
    return part


def exposure(rng):
    view = bpy.context.scene.view_settings
    view.exposure = rng.uniform(-0.45, 0.05)
    view.look = rng.choice(['High Contrast', 'High Contrast', 'Very High Contrast', 'Medium High Contrast'])
