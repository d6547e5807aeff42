# SPDX-License-Identifier: Apache-2.0
"""The consumer that most would write instead of the line: confluent-kafka, OpenCV and ONNX Runtime.

    python consumer.py BROKER MODEL PICTURES TRIAL_FRAMES WARM_UP TOTAL [PRECISION WORKERS THREADS_A_RUN BATCH]

Takes TOTAL frames from the topic's beginning and publishes an event of each that shows an item. Without a setup it first tries on PICTURES
which numbers, workers, threads and batch are best. Ends with a line of JSON that says how it ran and how many frames a second it took.
"""

import json
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

try:
    import confluent_kafka
    import cv2
    import numpy as np
    import onnxruntime
except ImportError as missing:
    sys.exit(f"{sys.executable} cannot import {missing.name}: install confluent-kafka, opencv-python-headless and onnxruntime")

FRAMES = "sortline.frames"
ANSWERS = "bench.answers"
NETWORKS = {"float32": "network.onnx", "int8": "network-int8.onnx"}
BATCHES = (1, 4, 8, 16)
SCALINGS = {"-1..1": (1 / 127.5, -1.0), "0..1": (1 / 255, 0.0), "none": (1.0, 0.0)}
REDUCED = ((8, cv2.IMREAD_REDUCED_COLOR_8), (4, cv2.IMREAD_REDUCED_COLOR_4), (2, cv2.IMREAD_REDUCED_COLOR_2))


class Model:
    """A model package."""

    def __init__(self, folder):
        self.folder = Path(folder)
        manifest = json.loads((self.folder / "model.json").read_text())
        self.size = manifest["inputSize"]
        self.temperature = manifest["temperature"]
        self.logits = manifest["output"] == "logits"
        self.multiplier, self.offset = SCALINGS[manifest["scaling"]]
        self.labels = (self.folder / "labels.txt").read_text().split()

    def probabilities(self, scores):
        logits = (scores if self.logits else np.log(np.maximum(scores, 1e-12))) / self.temperature
        exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
        return exponents / exponents.sum(axis=1, keepdims=True)


class Reader:
    """Reads pictures, scaled while they are decoded where that leaves enough."""

    def __init__(self, model):
        self.model = model
        self.flags = None
        cv2.setNumThreads(1)

    def read(self, image, pixels):
        encoded = np.frombuffer(image, np.uint8)
        if self.flags is None:
            # A camera's pictures are all of one size.
            shrink = min(cv2.imdecode(encoded, cv2.IMREAD_COLOR).shape[:2]) // self.model.size
            self.flags = next((flags for ratio, flags in REDUCED if shrink >= ratio), cv2.IMREAD_COLOR)
        side = self.model.size
        square = cv2.resize(cv2.imdecode(encoded, self.flags), (side, side), interpolation=cv2.INTER_LINEAR)
        square = cv2.cvtColor(square, cv2.COLOR_BGR2RGB)
        np.multiply(square, np.float32(self.model.multiplier), out=pixels)
        np.add(pixels, np.float32(self.model.offset), out=pixels)


class Stopwatch:
    """Times frames without the first ones."""

    def __init__(self, warm_up, total):
        self.warm_up, self.total = warm_up, total
        self.done = self.over = 0
        self.start = self.end = 0.0
        self.lock = threading.Lock()

    def count(self, frames):
        with self.lock:
            before, self.done = self.done, self.done + frames
            if before < self.warm_up <= self.done:
                self.start, self.over = time.perf_counter(), self.done - self.warm_up
            if before < self.total <= self.done:
                self.end = time.perf_counter()

    def frames_a_second(self):
        return (self.done - self.warm_up - self.over) / max(1e-9, self.end - self.start)


class Workers:
    """Threads that read batches of frames and take them through the network: OpenCV and ONNX Runtime leave Python's lock meanwhile."""

    def __init__(self, model, reader, session, workers, batch, answered):
        self.model, self.reader, self.session, self.batch, self.answered = model, reader, session, batch, answered
        self.input = session.get_inputs()[0].name
        self.pool = ThreadPoolExecutor(workers)
        self.room = threading.Semaphore(2 * workers)
        self.own = threading.local()
        self.filling, self.ends = [], []

    def take(self, frame):
        self.filling.append(frame)
        if len(self.filling) == self.batch:
            self.send()

    def send(self):
        frames, self.filling = self.filling, []
        self.room.acquire()
        self.ends.append(self.pool.submit(self.run, frames))

    def run(self, frames):
        try:
            if not hasattr(self.own, "pixels"):
                self.own.pixels = np.empty((self.batch, self.model.size, self.model.size, 3), np.float32)
            for place, frame in enumerate(frames):
                self.reader.read(frame[2], self.own.pixels[place])
            scores = self.session.run(None, {self.input: self.own.pixels[: len(frames)]})[0]
            self.answered(frames, scores)
        finally:
            self.room.release()

    def finish(self):
        if self.filling:
            self.send()
        for end in self.ends:
            end.result()
        self.pool.shutdown()


def session(model, precision, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        str(model.folder / NETWORKS[precision]), options, providers=["CPUExecutionProvider"]
    )


def best_setup(model, reader, folder, frames):
    """The setup that takes most of these pictures a second."""
    pictures = [file.read_bytes() for file in sorted(folder.rglob("*.jpg"))]
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    tried = []
    for precision in (name for name, file in NETWORKS.items() if (model.folder / file).exists()):
        for workers in sorted({1, processors}):
            network = session(model, precision, processors // workers)
            for batch in BATCHES:
                stopwatch = Stopwatch(max(1, frames // 4), max(1, frames // 4) + frames)
                trial = Workers(
                    model, reader, network, workers, batch, lambda answered, _: stopwatch.count(len(answered))
                )
                for picture in islice(cycle(pictures), stopwatch.total):
                    trial.take(("", "", picture))
                trial.finish()
                tried.append((stopwatch.frames_a_second(), (precision, workers, processors // workers, batch)))
    return max(tried)[1]


class Publisher:
    """Publishes an event of each frame that shows an item."""

    def __init__(self, broker, model, stopwatch):
        self.model, self.stopwatch = model, stopwatch
        self.producer = confluent_kafka.Producer(
            {"bootstrap.servers": broker, "enable.idempotence": True, "acks": "all", "linger.ms": 5}
        )
        self.events, self.problem = 0, None
        self.lock = threading.Lock()

    def publish(self, frames, scores):
        for (line, frame, _), probabilities in zip(frames, self.model.probabilities(scores)):
            label = self.model.labels[probabilities.argmax()]
            if label == "empty":
                self.stopwatch.count(1)
            else:
                event = {"frame": frame, "label": label, "confidence": float(probabilities.max())}
                self.producer.produce(ANSWERS, json.dumps(event).encode(), line, on_delivery=self.delivered)
        self.producer.poll(0)

    def delivered(self, problem, _):
        with self.lock:
            if problem:
                self.problem = problem
            else:
                self.events += 1
        self.stopwatch.count(1)

    def finish(self):
        self.producer.flush()
        if self.problem:
            sys.exit(f"the broker does not take an event: {self.problem}")


def consume(broker, total, take):
    consumer = confluent_kafka.Consumer(
        {
            "bootstrap.servers": broker,
            "group.id": "python-peer",
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
            "fetch.message.max.bytes": 5 << 20,
        }
    )
    partitions = consumer.list_topics(FRAMES, timeout=30).topics[FRAMES].partitions
    consumer.assign(
        [confluent_kafka.TopicPartition(FRAMES, number, confluent_kafka.OFFSET_BEGINNING) for number in partitions]
    )
    taken, waiting_since = 0, time.monotonic()
    while taken < total:
        messages = consumer.consume(500, timeout=0.1)
        if messages:
            waiting_since = time.monotonic()
        elif time.monotonic() - waiting_since > 30:
            sys.exit("no frames come: fewer than expected are in the topic")
        for message in messages:
            if message.error():
                sys.exit(f"frames cannot be read: {message.error()}")
            take((message.key(), dict(message.headers())["ce_id"].decode(), message.value()))
            taken += 1
    consumer.close()


def main(broker, folder, pictures, trial_frames, warm_up, total, *setup):
    model = Model(folder)
    reader = Reader(model)
    if setup:
        precision, (workers, threads, batch) = setup[0], map(int, setup[1:])
    else:
        precision, workers, threads, batch = best_setup(model, reader, Path(pictures), int(trial_frames))
    stopwatch = Stopwatch(int(warm_up), int(total))
    publisher = Publisher(broker, model, stopwatch)
    line = Workers(model, reader, session(model, precision, threads), workers, batch, publisher.publish)
    consume(broker, int(total), line.take)
    line.finish()
    publisher.finish()
    print(
        json.dumps(
            {
                "framesPerSecond": stopwatch.frames_a_second(),
                "events": publisher.events,
                "engine": "ONNX Runtime",
                "version": onnxruntime.__version__,
                "decoder": f"OpenCV {cv2.__version__}",
                "precision": precision,
                "workers": workers,
                "threadsARun": threads,
                "batch": batch,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
