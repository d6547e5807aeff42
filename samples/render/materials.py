"""Cycles materials. Colours are sRGB triples 0..255 as in the artwork, or linear floats."""

import bpy


def linear(colour):
    """sRGB bytes to linear light."""
    return tuple(((c / 255 + 0.055) / 1.055) ** 2.4 if c / 255 > 0.04045 else c / 255 / 12.92 for c in colour)


class Nodes:
    """A short way of building a node tree."""

    def __init__(self, name):
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.tree.nodes.clear()
        self.output = self.add('ShaderNodeOutputMaterial')

    def add(self, kind, inputs=None, **settings):
        node = self.tree.nodes.new(kind)
        for key, value in settings.items():
            setattr(node, key, value)
        for key, value in (inputs or {}).items():
            self.feed(node.inputs[key], value)
        return node

    def feed(self, socket, value):
        if isinstance(value, bpy.types.NodeSocket):
            self.tree.links.new(value, socket)
        elif isinstance(value, (tuple, list)) and len(value) == 3 and socket.type == 'RGBA':
            socket.default_value = (*value, 1.0)
        else:
            socket.default_value = value

    def coordinates(self, kind='Object', scale=(1, 1, 1), location=(0, 0, 0), rotation=(0, 0, 0)):
        source = self.add('ShaderNodeTexCoord').outputs[kind]
        mapping = self.add(
            'ShaderNodeMapping', {'Vector': source, 'Scale': scale, 'Location': location, 'Rotation': rotation}
        )
        return mapping.outputs['Vector']

    def noise(self, vector, scale, detail=3.0, roughness=0.55, distortion=0.0):
        return self.add(
            'ShaderNodeTexNoise',
            {'Vector': vector, 'Scale': scale, 'Detail': detail, 'Roughness': roughness, 'Distortion': distortion},
        ).outputs['Fac']

    def ramp(self, factor, stops):
        """Maps 0..1 to values: stops are (place, grey or colour)."""
        node = self.add('ShaderNodeValToRGB', {'Fac': factor})
        elements = node.color_ramp.elements
        while len(elements) < len(stops):
            elements.new(0.5)
        for element, (place, value) in zip(elements, stops):
            element.position = place
            element.color = (*value, 1) if isinstance(value, tuple) else (value, value, value, 1)
        return node.outputs['Color']

    def mix(self, factor, first, second, blend='MIX'):
        node = self.add('ShaderNodeMixRGB', {'Fac': factor, 'Color1': first, 'Color2': second}, blend_type=blend)
        return node.outputs['Color']

    def math(self, operation, first, second):
        return self.add('ShaderNodeMath', {0: first, 1: second}, operation=operation).outputs[0]

    def bump(self, height, strength=0.3, distance=0.02, normal=None):
        inputs = {'Height': height, 'Strength': strength, 'Distance': distance}
        if normal:
            inputs['Normal'] = normal
        return self.add('ShaderNodeBump', inputs).outputs['Normal']

    def picture(self, image):
        return self.add(
            'ShaderNodeTexImage',
            {'Vector': self.add('ShaderNodeTexCoord').outputs['UV']},
            image=image,
            extension='EXTEND',
        ).outputs['Color']

    def principled(self, **inputs):
        names = {key.replace('_', ' ').title(): value for key, value in inputs.items()}
        names = {key.replace('Ior', 'IOR'): value for key, value in names.items()}
        return self.add('ShaderNodeBsdfPrincipled', names).outputs[0]

    def mix_shader(self, factor, first, second):
        node = self.add('ShaderNodeMixShader', {0: factor})
        self.tree.links.new(first, node.inputs[1])
        self.tree.links.new(second, node.inputs[2])
        return node.outputs[0]

    def done(self, shader):
        self.tree.links.new(shader, self.output.inputs['Surface'])
        return self.material


def solid(
    name,
    colour,
    roughness=0.5,
    metallic=0.0,
    clearcoat=0.0,
    bump=0.0,
    bump_scale=30.0,
    stains=0.0,
    stain_colour=(70, 52, 34),
    stain_scale=1.6,
    translucent=0.0,
    offset=(0, 0, 0),
    picture=None,
    picture_strength=1.0,
):
    """An opaque surface, plain or printed, with fine unevenness and dirt."""
    n = Nodes(name)
    place = n.coordinates('Object', location=tuple(offset))
    if picture:
        tint = n.picture(picture)
        if picture_strength < 1.0:
            tint = n.mix(picture_strength, linear(colour), tint)
    else:
        tint = linear(colour)
    if stains:
        spots = n.ramp(n.noise(place, stain_scale, 5.0, 0.62, 0.4), [(0.46, 0.0), (0.66, 1.0)])
        amount = n.math('MULTIPLY', spots, stains)
        tint = n.mix(amount, tint, linear(stain_colour))
    gloss = n.ramp(n.noise(place, 6.0), [(0.3, max(0.02, roughness * 0.8)), (0.7, min(1.0, roughness * 1.2))])
    inputs = dict(base_color=tint, roughness=gloss, metallic=metallic, clearcoat=clearcoat, clearcoat_roughness=0.08)
    if bump:
        inputs.update(normal=n.bump(n.noise(place, bump_scale, 4.0), bump, 0.03))
    shader = n.principled(**inputs)
    if translucent:
        through = n.add('ShaderNodeBsdfTranslucent', {'Color': tint}).outputs[0]
        shader = n.mix_shader(translucent, shader, through)
    return n.done(shader)


def glass(name, tint, roughness=0.0, dirt=0.12, offset=(0, 0, 0)):
    """Thick glass. Light passes straight through it onto the belt, as caustics are off."""
    n = Nodes(name)
    place = n.coordinates('Object', location=tuple(offset))
    wavy = n.bump(n.noise(place, 2.2, 1.0), 0.06, 0.05)
    body = n.add('ShaderNodeBsdfGlass', {'Color': tint, 'Roughness': roughness, 'IOR': 1.5, 'Normal': wavy}).outputs[0]
    film = n.principled(base_color=(0.55, 0.52, 0.46), roughness=0.75)
    smears = n.ramp(n.noise(place, 3.0, 6.0, 0.65, 0.8), [(0.5, 0.0), (0.72, 1.0)])
    body = n.mix_shader(n.math('MULTIPLY', smears, dirt), body, film)
    shadow = n.add('ShaderNodeBsdfTransparent', {'Color': tuple(0.24 + 0.7 * c for c in tint)}).outputs[0]
    path = n.add('ShaderNodeLightPath')
    passing = n.math('MAXIMUM', path.outputs['Is Shadow Ray'], path.outputs['Is Diffuse Ray'])
    return n.done(n.mix_shader(passing, body, shadow))


def film(
    name,
    tint,
    haze=0.1,
    roughness=0.08,
    bump=0.0,
    bump_scale=4.0,
    offset=(0, 0, 0),
    dirt=0.06,
    picture=None,
    print_strength=0.9,
):
    """Thin clear or milky plastic: see-through face on, shiny at a slant."""
    n = Nodes(name)
    place = n.coordinates('Object', location=tuple(offset))
    normal = {}
    if bump:
        wrinkles = n.noise(place, bump_scale, 3.0, 0.55, 0.6)
        normal = {'Normal': n.bump(wrinkles, bump, 0.1)}
    clear = n.add('ShaderNodeBsdfTransparent', {'Color': tint}).outputs[0]
    milk = n.principled(
        base_color=tuple(min(1.0, c * 0.9) for c in tint), roughness=0.5, **{k.lower(): v for k, v in normal.items()}
    )
    glow = n.add('ShaderNodeBsdfTranslucent', {'Color': tint}).outputs[0]
    milk = n.mix_shader(0.4, milk, glow)
    smears = n.ramp(n.noise(place, 2.5, 5.0, 0.65, 0.5), [(0.48, 0.0), (0.72, 1.0)])
    cloud = n.math('ADD', n.math('MULTIPLY', smears, dirt), haze)
    if picture:
        ink = n.picture(picture)
        print_shader = n.principled(base_color=ink, roughness=0.35)
        cover = n.ramp(n.add('ShaderNodeRGBToBW', {'Color': ink}).outputs[0], [(0.75, print_strength), (0.85, 0.0)])
        clear = n.mix_shader(cover, clear, print_shader)
    body = n.mix_shader(cloud, clear, milk)
    shine = n.add('ShaderNodeBsdfGlossy', {'Color': (1, 1, 1), 'Roughness': roughness, **normal}).outputs[0]
    slant = n.add('ShaderNodeLayerWeight', {'Blend': 0.32, **normal}).outputs['Fresnel']
    return n.done(n.mix_shader(n.math('MULTIPLY', slant, 0.85), body, shine))


def metal(
    name,
    colour=(0.8, 0.8, 0.82),
    roughness=0.22,
    bump=0.0,
    bump_scale=8.0,
    offset=(0, 0, 0),
    picture=None,
    rust=0.0,
    brushed=False,
):
    """Bare or printed sheet metal."""
    n = Nodes(name)
    place = n.coordinates('Object', location=tuple(offset))
    tint = n.picture(picture) if picture else colour
    stretch = n.coordinates('Object', scale=(1, 1, 14) if brushed else (1, 1, 1), location=tuple(offset))
    gloss = n.ramp(n.noise(stretch, 3.5, 5.0, 0.6), [(0.3, roughness * 0.7), (0.75, roughness * 1.5)])
    inputs = dict(metallic=0.55 if picture else 1.0, clearcoat=0.6 if picture else 0.0, clearcoat_roughness=0.12)
    if rust:
        spots = n.ramp(n.noise(place, 3.0, 6.0, 0.7), [(0.52, 0.0), (0.62, 1.0)])
        amount = n.math('MULTIPLY', spots, rust)
        tint = n.mix(amount, tint, linear((120, 66, 34)))
        gloss = n.mix(amount, gloss, (0.85, 0.85, 0.85))
        inputs['metallic'] = n.math('SUBTRACT', 1.0, amount)
    if bump:
        inputs['normal'] = n.bump(n.noise(place, bump_scale, 3.0), bump, 0.03)
    return n.done(n.principled(base_color=tint, roughness=gloss, **inputs))


def fluted_edge(name, tone=(170, 130, 86)):
    """The cut edge of corrugated board: a wave between two liners."""
    n = Nodes(name)
    uv = n.add('ShaderNodeTexCoord').outputs['UV']
    split = n.add('ShaderNodeSeparateXYZ', {'Vector': uv})
    wave = n.math('MULTIPLY', n.math('SINE', n.math('MULTIPLY', split.outputs['X'], 75.0), 0.0), 0.33)
    height = n.math('SUBTRACT', split.outputs['Y'], 0.5)
    away = n.math('ABSOLUTE', n.math('SUBTRACT', height, wave), 0.0)
    core = n.math('LESS_THAN', away, 0.16)
    liner = n.math('GREATER_THAN', n.math('ABSOLUTE', height, 0.0), 0.36)
    solid_part = n.math('MAXIMUM', core, liner)
    tint = n.mix(solid_part, linear((52, 36, 22)), linear(tone))
    return n.done(n.principled(base_color=tint, roughness=0.9))
