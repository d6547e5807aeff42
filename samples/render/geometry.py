"""Meshes of the demo pictures: lathes, sheets, boxes, and what bends and crushes them.

One unit is ten centimetres. Every part of an item is built in the item's own frame;
`settle` then lays the whole item on the belt (the plane z = 0).
"""

import math

import bmesh
import bpy
from mathutils import Matrix, Vector, noise

# ---------------------------------------------------------------- building


def mesh_object(name, vertices, faces, material, uvs=None, smooth=True, sharp_degrees=40):
    """Makes an object of a vertex and face list; uvs holds one (u, v) per face corner."""
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata([tuple(v) for v in vertices], [], faces)
    if uvs is not None:
        layer = mesh.uv_layers.new(name="UVMap")
        layer.data.foreach_set("uv", [value for uv in uvs for value in uv])
    if smooth:
        mesh.polygons.foreach_set("use_smooth", [True] * len(mesh.polygons))
        mesh.use_auto_smooth = True
        mesh.auto_smooth_angle = math.radians(sharp_degrees)
    mesh.materials.append(material)
    mesh.update()
    part = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(part)
    return part


def grid_faces(columns, rows, wrap=False):
    """Quads of a grid of vertices stored row by row."""
    faces = []
    last = columns if wrap else columns - 1
    for j in range(rows - 1):
        for i in range(last):
            right = (i + 1) % columns
            faces.append((j * columns + i, j * columns + right, (j + 1) * columns + right, (j + 1) * columns + i))
    return faces


def round_corners(profile, times=2, amount=0.25):
    """Chaikin corner cutting of an open (r, z) profile; keeps both ends."""
    for _ in range(times):
        cut = [profile[0]]
        for (r0, z0), (r1, z1) in zip(profile, profile[1:]):
            cut.append((r0 + (r1 - r0) * amount, z0 + (z1 - z0) * amount))
            cut.append((r1 + (r0 - r1) * amount, z1 + (z0 - z1) * amount))
        cut.append(profile[-1])
        profile = cut
    return profile


def refine_profile(profile, step):
    """Splits the long stretches of a profile, for parts that get dented."""
    fine = [profile[0]]
    for (r0, z0), (r1, z1) in zip(profile, profile[1:]):
        pieces = max(1, int(math.hypot(r1 - r0, z1 - z0) / step))
        for k in range(1, pieces + 1):
            fine.append((r0 + (r1 - r0) * k / pieces, z0 + (z1 - z0) * k / pieces))
    return fine


def lathe(
    name,
    profile,
    material,
    segments=72,
    angles=(0.0, 2 * math.pi),
    cross_section=None,
    shape=None,
    smooth=True,
    sharp_degrees=40,
):
    """Turns a profile of (radius, height) round the z axis.

    u runs with the angle, v with the height. `cross_section(angle)` scales the radius,
    `shape(x, y, z, angle)` moves single vertices.
    """
    start, end = angles
    whole = end - start > 2 * math.pi - 1e-6
    columns = segments if whole else segments + 1
    low = min(z for _, z in profile)
    span = max(max(z for _, z in profile) - low, 1e-6)
    vertices = []
    for r, z in profile:
        for i in range(columns):
            angle = start + (end - start) * i / segments
            reach = r * (cross_section(angle) if cross_section else 1.0)
            point = (reach * math.cos(angle), reach * math.sin(angle), z)
            vertices.append(shape(*point, angle) if shape else point)
    faces = grid_faces(columns, len(profile), wrap=whole)
    uvs = []
    for j in range(len(profile) - 1):
        v0, v1 = (profile[j][1] - low) / span, (profile[j + 1][1] - low) / span
        for i in range(segments):
            u0, u1 = i / segments, (i + 1) / segments
            uvs += [(u0, v0), (u1, v0), (u1, v1), (u0, v1)]
    return mesh_object(name, vertices, faces, material, uvs, smooth, sharp_degrees)


def superellipse(width, depth, power):
    """Cross section of a rounded rectangle, for a lathe of radius one."""

    def reach(angle):
        c, s = abs(math.cos(angle)) / width, abs(math.sin(angle)) / depth
        return (c**power + s**power) ** (-1.0 / power)

    return reach


def sheet(name, width, height, material, columns=60, rows=60, shape=None, inside=None, sharp_degrees=60):
    """A flat sheet in the xy plane, u and v from 0 to 1.

    `shape(x, y)` gives the point in space, `inside(x, y)` cuts an outline.
    """
    vertices, flat = [], []
    for j in range(rows + 1):
        for i in range(columns + 1):
            x, y = width * (i / columns - 0.5), height * (j / rows - 0.5)
            flat.append((x, y))
            vertices.append(shape(x, y) if shape else (x, y, 0.0))
    faces, uvs = [], []
    for face in grid_faces(columns + 1, rows + 1):
        if inside and not inside(*[sum(flat[k][axis] for k in face) / 4 for axis in (0, 1)]):
            continue
        faces.append(face)
        uvs += [(flat[k][0] / width + 0.5, flat[k][1] / height + 0.5) for k in face]
    return mesh_object(name, vertices, faces, material, uvs, True, sharp_degrees)


def quad(name, corners, material):
    """One rectangle with the corners lower left, lower right, upper right, upper left."""
    return mesh_object(name, corners, [(0, 1, 2, 3)], material, [(0, 0), (1, 0), (1, 1), (0, 1)], smooth=False)


def panel(name, origin, across, up, thickness, material, edge_material=None, divisions=8, warp=0.0, rng=None):
    """A board: a rectangle at `origin` spanned by `across` and `up`, with thick edges."""
    origin, across, up = Vector(origin), Vector(across), Vector(up)
    normal = across.cross(up).normalized()
    offset = Vector([rng.uniform(-50, 50) for _ in range(3)]) if rng else Vector()
    count = divisions + 1
    vertices = []
    for side in (0.5, -0.5):
        for j in range(count):
            for i in range(count):
                point = origin + across * (i / divisions) + up * (j / divisions)
                bend = warp * noise.noise(point * 0.9 + offset) if warp else 0.0
                vertices.append(point + normal * (side * thickness + bend))
    faces, uvs = [], []
    for j in range(divisions):
        for i in range(divisions):
            a, b = j * count + i, j * count + i + 1
            c, d = b + count, a + count
            square = [
                (i / divisions, j / divisions),
                ((i + 1) / divisions, j / divisions),
                ((i + 1) / divisions, (j + 1) / divisions),
                (i / divisions, (j + 1) / divisions),
            ]
            faces.append((a, b, c, d))
            uvs += square
            low = count * count
            faces.append((low + d, low + c, low + b, low + a))
            uvs += [(1 - u, v) for u, v in reversed(square)]
    board_faces = len(faces)
    rim = (
        [(i, i + 1) for i in range(divisions)]
        + [(divisions + j * count, divisions + (j + 1) * count) for j in range(divisions)]
        + [(divisions * count + i + 1, divisions * count + i) for i in range(divisions)]
        + [((j + 1) * count, j * count) for j in range(divisions)]
    )
    length = 0.0
    for a, b in rim:
        step = (vertices[b] - vertices[a]).length
        faces.append((b, a, a + count * count, b + count * count))
        uvs += [(length + step, 1), (length, 1), (length, 0), (length + step, 0)]
        length += step
    part = mesh_object(name, vertices, faces, material, uvs, smooth=True, sharp_degrees=30)
    if edge_material:
        part.data.materials.append(edge_material)
        for polygon in list(part.data.polygons)[board_faces:]:
            polygon.material_index = 1
    return part


def box(name, size, material, bevel=0.0, centre=(0, 0, 0), segments=2):
    """A box with rounded edges; every face shows the whole picture of its material."""
    x, y, z = (s / 2 for s in size)
    corners = [(-x, -y, -z), (x, -y, -z), (x, y, -z), (-x, y, -z), (-x, -y, z), (x, -y, z), (x, y, z), (-x, y, z)]
    corners = [Vector(c) + Vector(centre) for c in corners]
    faces = [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    part = mesh_object(name, corners, faces, material, [(0, 0), (1, 0), (1, 1), (0, 1)] * 6)
    if bevel:
        work = bmesh.new()
        work.from_mesh(part.data)
        bmesh.ops.bevel(work, geom=list(work.edges), offset=bevel, segments=segments, profile=0.5, affect='EDGES')
        for face in work.faces:
            face.smooth = True
        work.to_mesh(part.data)
        work.free()
    return part


def tube(name, points, radius, material, sides=12):
    """A round rod along a list of points, closed at both ends; radius may vary with 0..1."""
    points = [Vector(p) for p in points]
    vertices = []
    frame, heading = None, None
    for k, point in enumerate(points):
        ahead = (points[min(k + 1, len(points) - 1)] - points[max(k - 1, 0)]).normalized()
        if frame is None:
            frame = ahead.to_track_quat('Z', 'Y').to_matrix()
        else:
            frame = heading.rotation_difference(ahead).to_matrix() @ frame
        heading = ahead
        reach = radius(k / (len(points) - 1)) if callable(radius) else radius
        for i in range(sides):
            angle = 2 * math.pi * i / sides
            vertices.append(point + frame @ Vector((reach * math.cos(angle), reach * math.sin(angle), 0)))
    faces = grid_faces(sides, len(points), wrap=True)
    last = len(vertices) - sides
    faces += [tuple(reversed(range(sides))), tuple(range(last, last + sides))]
    return mesh_object(name, vertices, faces, material, None, True, 50)


def lump(name, radius, material, subdivisions=4, shape=None):
    """A ball whose vertices `shape(direction)` scales."""
    work = bmesh.new()
    bmesh.ops.create_icosphere(work, subdivisions=subdivisions, radius=1.0)
    for vertex in work.verts:
        direction = vertex.co.normalized()
        vertex.co = direction * radius * (shape(direction) if shape else 1.0)
    vertices = [v.co.copy() for v in work.verts]
    faces = [tuple(v.index for v in f.verts) for f in work.faces]
    work.free()
    return mesh_object(name, vertices, faces, material)


# ---------------------------------------------------------------- bending


def deform(parts, move):
    """Applies `move(point) -> point` to every vertex of the parts."""
    for part in parts:
        for vertex in part.data.vertices:
            vertex.co = move(vertex.co.copy())
        part.data.update()


def transform(parts, matrix):
    for part in parts:
        part.data.transform(matrix)


def random_offset(rng):
    return Vector((rng.uniform(-90, 90), rng.uniform(-90, 90), rng.uniform(-90, 90)))


def dents(rng, length, radius, count, depth, axis_low=0.0):
    """A move that presses round dents into an upright cylinder."""
    presses = [
        (
            rng.uniform(0, 2 * math.pi),
            axis_low + rng.uniform(0.15, 0.85) * length,
            rng.uniform(0.4, 1.0) * depth,
            rng.uniform(0.25, 0.6) * length,
        )
        for _ in range(count)
    ]

    def move(p):
        for angle, height, deep, size in presses:
            side = Vector((math.cos(angle), math.sin(angle), 0))
            along = p.dot(side)
            near = math.exp(-(((p.z - height) / (0.5 * size)) ** 2))
            limit = radius * (1 - deep * near)
            if along > limit:
                p = p + side * (limit - along) * 0.8
        return p

    return move


def crush(rng, length, squeeze, fold=0.12, fold_size=2.2):
    """A move that squeezes an upright can sideways, with sharp folds."""
    offset = random_offset(rng)
    turn = rng.uniform(0, math.pi)
    side = Vector((math.cos(turn), math.sin(turn), 0))
    centre = length * rng.uniform(0.35, 0.65)
    bend = rng.uniform(-0.35, 0.35)

    def move(p):
        near = math.exp(-(((p.z - centre) / (0.42 * length)) ** 2))
        along = p.dot(side)
        p = p - side * along * squeeze * near
        across = Vector((-side.y, side.x, 0))
        p = p + across * p.dot(across) * 0.25 * squeeze * near
        ridge = 1 - 2 * abs(noise.noise(Vector((p.x, p.y, p.z * 1.4)) * fold_size + offset))
        fine = abs(noise.noise(p * fold_size * 2.6 + offset))
        p = p + side * (1 if along > 0 else -1) * fold * near * (ridge * 0.8 + fine * 0.5)
        return p + side * bend * near * length * 0.25

    return move


def creases(rng, count, steepness, extent):
    """A height over the plane: straight folds in random directions, like handled paper."""
    folds = []
    for _ in range(count):
        angle = rng.uniform(0, 2 * math.pi)
        folds.append(
            (
                math.cos(angle),
                math.sin(angle),
                rng.uniform(-0.5, 0.5) * extent,
                rng.uniform(-1, 1) * steepness,
                random_offset(rng),
            )
        )

    def height(x, y):
        z = 0.0
        for c, s, distance, slope, offset in folds:
            away = abs(c * x + s * y - distance)
            window = 0.5 + 0.5 * noise.noise(Vector((x, y, 0)) * (1.2 / extent) + offset)
            z -= slope * extent * 0.3 * math.exp(-away / (0.16 * extent)) * window
        return z

    return height


def crumple(rng, extent, size, folds=60, flatten=1.0):
    """A move that folds a sheet into a ball: reflects it at random planes, ever closer.

    Reflection keeps lengths, so what comes out has the sharp facets of crumpled paper.
    """
    planes = []
    for k in range(folds + 25):
        reach = size + (extent - size) * max(0.0, 1 - k / (folds - 1)) ** 1.6
        normal = Vector((rng.gauss(0, 1), rng.gauss(0, 1), rng.gauss(0, 1))).normalized()
        planes.append((normal, reach * rng.uniform(0.8, 1.08)))
    offset = random_offset(rng)

    def move(p):
        p = p + noise.noise_vector(p * 1.3 / size * 0.5 + offset) * size * 0.35
        for normal, distance in planes:
            beyond = p.dot(normal) - distance
            if beyond > 0:
                p = p - normal * beyond * 1.75
        p = p + noise.noise_vector(p * 2.5 / size + offset) * size * 0.12
        if p.length > size:
            p = p * ((size + (p.length - size) * 0.7) / p.length)
        ridge = noise.voronoi(p * 1.9 / size + offset)[0]
        p = p * (1.12 - 0.55 * (ridge[1] - ridge[0]))
        p.z *= flatten
        return p

    return move


def jagged(rng, teeth, low, high):
    """A closed jagged line: height over the angle, made of straight pieces."""
    heights = [rng.uniform(low, high) for _ in range(teeth)]

    def height(angle):
        place = (angle / (2 * math.pi)) % 1.0 * teeth
        k = int(place) % teeth
        return heights[k] + (heights[(k + 1) % teeth] - heights[k]) * (place - int(place))

    return height


def torn_outline(rng, width, height, rough=0.06, torn=(True, True, True, True)):
    """Test for the inside of a rectangle of which some sides are torn."""
    offsets = [random_offset(rng) for _ in range(4)]
    depth = [rng.uniform(0.5, 2.2) * rough if side else 0.0 for side in torn]
    slant = [rng.uniform(-1, 1) * rough * 1.5 if side else 0.0 for side in torn]

    def bite(side, along):
        if not torn[side]:
            return 0.0
        wave = noise.noise(Vector((along * 1.7, 0, 0)) + offsets[side])
        fine = noise.noise(Vector((along * 9.0, 5, 0)) + offsets[side])
        return depth[side] * (1 + wave * 1.4 + fine * 0.45) + slant[side] * along + abs(slant[side])

    def inside(x, y):
        return -width / 2 + bite(0, y) < x < width / 2 - bite(1, y) and -height / 2 + bite(
            2, x
        ) < y < height / 2 - bite(3, x)

    return inside


# ---------------------------------------------------------------- laying down


def world_points(parts):
    return [part.matrix_world @ v.co for part in parts for v in part.data.vertices]


def _hull_triangles(points):
    work = bmesh.new()
    for point in points:
        work.verts.new(point)
    bmesh.ops.convex_hull(work, input=list(work.verts))
    work.normal_update()
    triangles = [
        (f.normal.copy(), f.calc_area(), [v.co.copy() for v in f.verts]) for f in work.faces if f.calc_area() > 1e-7
    ]
    work.free()
    return triangles


def _flat_hull(points):
    """Convex hull of points in the plane, counter-clockwise."""
    points = sorted(set(points))
    halves = []
    for ordered in (points, points[::-1]):
        half = []
        for p in ordered:
            while (
                len(half) > 1
                and (
                    (half[-1][0] - half[-2][0]) * (p[1] - half[-2][1])
                    - (half[-1][1] - half[-2][1]) * (p[0] - half[-2][0])
                )
                <= 0
            ):
                half.pop()
            half.append(p)
        halves.append(half[:-1])
    return halves[0] + halves[1]


def _holds(normal, corner, hull_points, balance, slack):
    """Whether an item standing on this plane of its hull does not tip over."""
    frame = normal.to_track_quat('Z', 'Y').to_matrix().transposed()
    level = normal.dot(corner)
    feet = [tuple((frame @ p)[:2]) for p in hull_points if level - normal.dot(p) < slack]
    outline = _flat_hull([(round(x, 5), round(y, 5)) for x, y in feet])
    if len(outline) < 3:
        return False
    x, y = (frame @ balance)[:2]
    for (x0, y0), (x1, y1) in zip(outline, outline[1:] + outline[:1]):
        if (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) < -slack:
            return False
    return True


def settle(parts, up, yaw, sink):
    """Lays the parts on the belt as gravity would, with `up` as nearly upwards as it can be.

    Picks the face of the convex hull to stand on: of those on which the item does not
    tip over, the one that faces down best. Then turns the item by `yaw`.
    `sink` is how far it presses into the belt.
    """
    points = world_points(parts)
    triangles = _hull_triangles(points)
    hull_points = [corner for _, _, corners in triangles for corner in corners]
    balance = sum(points, Vector()) / len(points)
    down = -Vector(up).normalized()
    triangles.sort(key=lambda t: -t[0].dot(down))
    normal = next(
        (n for n, _, corners in triangles[:400] if _holds(n, corners[0], hull_points, balance, 0.012)), triangles[0][0]
    )
    turn = normal.rotation_difference(Vector((0, 0, -1))).to_matrix()
    turned = (Matrix.Rotation(yaw, 3, 'Z') @ turn).to_4x4()
    moved = [turned @ p for p in hull_points]
    low = [min(p[axis] for p in moved) for axis in range(3)]
    high = [max(p[axis] for p in moved) for axis in range(3)]
    shift = Matrix.Translation((-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -low[2] - sink))
    for part in parts:
        part.matrix_world = shift @ turned @ part.matrix_world
    return [(shift @ turned) @ p for p in hull_points]
