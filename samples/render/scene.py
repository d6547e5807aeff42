"""Renders pictures of single waste items on a conveyor belt with Blender Cycles.

blender --background --python samples/render/scene.py -- --label glass --seeds 1-8 --out DIR

The whole picture derives from the label and the seed. Pictures that exist are skipped.
"""

import argparse
import importlib
import os
import random
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import bpy
from mathutils import Vector

import empty_belts
import geometry
import stage

LABELS = ("glass", "paper", "cardboard", "plastic", "metal", "trash", "empty")
THIN = ("paper", "cardboard")  # would vanish into the belt if pressed into it as far as the rest is


class Arguments(argparse.ArgumentParser):
    def error(self, message):
        self.exit(2, f"scene.py: {message}\n")


def seed_list(words):
    """Seeds such as 3, 1-8 or 1-4,9,12-14."""
    seeds = []
    for word in words.split(","):
        first, dash, last = word.partition("-")
        if not first.isdigit() or (dash and not last.isdigit()):
            raise argparse.ArgumentTypeError(f"not a seed or a range of seeds: {word!r}")
        low, high = int(first), int(last) if dash else int(first)
        if high < low:
            raise argparse.ArgumentTypeError(f"range of seeds runs backwards: {word!r}")
        seeds += range(low, high + 1)
    return seeds


def size(word):
    if not word.isdigit() or not 1 <= int(word) <= 8192:
        raise argparse.ArgumentTypeError(f"not a number from 1 to 8192: {word!r}")
    return int(word)


def parse(words):
    parser = Arguments(prog="scene.py", description="Renders demo frames of waste on a belt.")
    parser.add_argument("--label", required=True, choices=LABELS)
    parser.add_argument("--seeds", required=True, type=seed_list, help="for example 1-8 or 1-4,9")
    parser.add_argument("--out", required=True, help="directory for the pictures")
    parser.add_argument("--width", type=size, default=512)
    parser.add_argument("--height", type=size, default=384)
    parser.add_argument("--samples", type=size, default=64)
    return parser.parse_args(words)


def many_belts(seed):
    """Whether an empty belt of this seed is one of the many makes of `empty_belts`; the first ones were not."""
    return 20 <= seed < 100 or seed >= 2000


def build(label, seed, width, height, samples):
    """Builds the scene of one picture; returns the name of the item's kind."""
    rng = random.Random(f"{label}-{seed}")
    stage.new_scene(seed, width, height, samples)
    if label == "empty" and many_belts(seed):
        return empty_belts.build(rng, seed)
    stage.belt(rng)
    stage.light(rng)
    stage.exposure(rng)
    if label == "empty":
        reach = rng.uniform(0.8, 2.5)
        points = [Vector((x, y, 0)) for x in (-reach, reach) for y in (-reach * 0.75, reach * 0.75)]
        kind, fill = "belt", 0.95
    else:
        kinds = importlib.import_module("items_" + label).KINDS
        make = kinds[seed % len(kinds)]
        parts, up = make(rng)
        points = geometry.settle(parts, up, rng.uniform(0, 6.283), 0.0005 if label in THIN else 0.004)
        kind, fill = make.__name__, rng.choice([rng.uniform(0.55, 0.8), rng.uniform(0.75, 0.95)])
    stage.surroundings(rng, points)
    stage.camera(rng, points, fill)
    return kind


def drop_comments(path):
    """Takes out the JPEG comments, in which Blender notes the date and the time it took.

    Without them a picture rendered again is the same byte for byte.
    """
    with open(path, "rb") as file:
        data = file.read()
    kept, place = bytearray(data[:2]), 2
    while data[place + 1] != 0xDA:
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if data[place + 1] != 0xFE:
            kept += data[place:end]
        place = end
    with open(path, "wb") as file:
        file.write(kept + data[place:])


def render(path):
    """Writes the picture under another name first, so that a file that exists is whole."""
    partial = os.path.join(os.path.dirname(path), ".partial-" + os.path.basename(path))
    bpy.context.scene.render.filepath = partial
    bpy.ops.render.render(write_still=True)
    drop_comments(partial)
    os.replace(partial, path)


def main():
    words = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    options = parse(words)
    out = os.path.abspath(options.out)
    try:
        os.makedirs(out, exist_ok=True)
    except OSError as problem:
        sys.exit(f"scene.py: cannot make {options.out}: {problem.strerror}")
    for seed in options.seeds:
        path = os.path.join(out, f"{options.label}-{seed:04d}.jpg")
        if os.path.exists(path):
            continue
        start = time.time()
        kind = build(options.label, seed, options.width, options.height, options.samples)
        built = time.time()
        render(path)
        print(
            f"{os.path.basename(path)} {kind} built {built - start:.1f} s, rendered {time.time() - built:.1f} s",
            flush=True,
        )


main()
