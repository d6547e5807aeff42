"""A small painter of the printed pictures on labels, pages and boxes.

Blender brings no image library, so this fills rows of bytes. Letters come out of
Blender's built-in font: a text is turned into triangles once and then filled.
"""

import array
import math

import bpy

_to_float = [value / 255.0 for value in range(256)]
_text_cache = {}


class Canvas:
    """An RGB picture, y downwards, colours 0..255 in sRGB."""

    def __init__(self, width, height, colour):
        self.width, self.height = width, height
        self.rows = [bytearray(bytes(colour) * width) for _ in range(height)]

    def span(self, y, x0, x1, colour):
        if 0 <= y < self.height:
            x0, x1 = max(0, int(x0)), min(self.width, int(x1))
            if x1 > x0:
                self.rows[y][3 * x0 : 3 * x1] = bytes(colour) * (x1 - x0)

    def rect(self, x0, y0, x1, y1, colour):
        for y in range(max(0, int(y0)), min(self.height, int(y1))):
            self.span(y, x0, x1, colour)

    def gradient(self, x0, y0, x1, y1, top, bottom):
        for y in range(int(y0), int(y1)):
            t = (y - y0) / max(1, y1 - y0)
            self.span(y, x0, x1, [int(a + (b - a) * t) for a, b in zip(top, bottom)])

    def frame(self, x0, y0, x1, y1, colour, thick=3):
        self.rect(x0, y0, x1, y0 + thick, colour)
        self.rect(x0, y1 - thick, x1, y1, colour)
        self.rect(x0, y0, x0 + thick, y1, colour)
        self.rect(x1 - thick, y0, x1, y1, colour)

    def polygon(self, points, colour):
        top = max(0, int(min(y for _, y in points)))
        bottom = min(self.height - 1, int(max(y for _, y in points)) + 1)
        edges = list(zip(points, points[1:] + points[:1]))
        for y in range(top, bottom + 1):
            line = y + 0.5
            crossings = sorted(
                x0 + (line - y0) * (x1 - x0) / (y1 - y0) for (x0, y0), (x1, y1) in edges if (y0 <= line) != (y1 <= line)
            )
            for left, right in zip(crossings[::2], crossings[1::2]):
                self.span(y, left + 0.5, right + 0.5, colour)

    def ellipse(self, x, y, rx, ry, colour):
        for row in range(int(y - ry), int(y + ry) + 1):
            t = (row + 0.5 - y) / ry
            if abs(t) < 1:
                reach = rx * math.sqrt(1 - t * t)
                self.span(row, x - reach, x + reach, colour)

    def line(self, points, thick, colour):
        for (x0, y0), (x1, y1) in zip(points, points[1:]):
            length = math.hypot(x1 - x0, y1 - y0) or 1.0
            nx, ny = -(y1 - y0) / length * thick / 2, (x1 - x0) / length * thick / 2
            self.polygon([(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)], colour)

    def text(self, x, y, words, size, colour, bold=False, centred=False, turned=False):
        """Writes with the baseline at y; size is the height of the capitals. Returns the width."""
        triangles, width = _text_triangles(words, bold)
        if centred and turned:
            y += width * size / 2
        elif centred:
            x -= width * size / 2
        for triangle in triangles:
            if turned:
                points = [(x - b * size, y - a * size) for a, b in triangle]
            else:
                points = [(x + a * size, y - b * size) for a, b in triangle]
            self.polygon(points, colour)
        return width * size

    def fitted_text(self, x, y, words, width, size, colour, bold=True):
        """Centred text, at most `width` wide."""
        natural = _text_triangles(words, bold)[1]
        size = min(size, width / max(natural, 1e-6))
        self.text(x, y, words, size, colour, bold, centred=True)
        return size

    def image(self, name):
        picture = bpy.data.images.new(name, self.width, self.height)
        flat = array.array('f', bytes(16 * self.width * self.height))
        data = b"".join(reversed(self.rows))
        for channel in range(3):
            flat[channel::4] = array.array('f', map(_to_float.__getitem__, data[channel::3]))
        flat[3::4] = array.array('f', [1.0]) * (self.width * self.height)
        picture.pixels.foreach_set(flat)
        picture.pack()
        return picture


def _text_triangles(words, bold):
    """Triangles and width of a text whose capitals are one high."""
    key = (words, bold)
    if key not in _text_cache:
        curve = bpy.data.curves.new("text", type='FONT')
        curve.body = words
        curve.resolution_u = 3
        curve.offset = 0.02 if bold else 0.0
        part = bpy.data.objects.new("text", curve)
        bpy.context.scene.collection.objects.link(part)
        mesh = part.evaluated_get(bpy.context.evaluated_depsgraph_get()).to_mesh()
        scale = 1.0 / 0.7
        corners = [(v.co.x * scale, v.co.y * scale) for v in mesh.vertices]
        mesh.calc_loop_triangles()
        triangles = [[corners[k] for k in t.vertices] for t in mesh.loop_triangles]
        width = max((x for x, _ in corners), default=0.0)
        bpy.data.objects.remove(part)
        bpy.data.curves.remove(curve)
        _text_cache[key] = (triangles, width)
    return _text_cache[key]
