// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.live.CameraSettings;
import dev.sortline.camera.mjpeg.MjpegSettings;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.push.PushSettings;
import dev.sortline.camera.trigger.EverySettings;
import dev.sortline.camera.trigger.IntervalSettings;
import dev.sortline.camera.trigger.ItemSettings;
import dev.sortline.camera.trigger.MotionSettings;
import dev.sortline.camera.trigger.TriggerSettings;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameDeserializer;
import dev.sortline.contract.MissingTopics;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.BrokerProcess;
import dev.sortline.loopback.LoopbackPort;
import dev.sortline.loopback.TopicReader;
import dev.sortline.metrics.LineMetric;
import dev.sortline.tracing.FrameTracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two dozen cameras that misbehave at random, on a broker that goes away now and then: in the end the books are equal, and neither heap nor
 * threads have grown. For {@code -Dsortline.soak.seconds}, by {@code -Dsortline.soak.seed}; what it found is in target/failsafe-reports.
 *
 * <p>The books: what a camera certainly gave is at most what was counted, which is at most that and what it may have given (see {@link
 * RestlessCamera}); what was published is at most what is on the topic, which is at most that and what was counted as failed, for a frame
 * that was not acknowledged in time may be there; nothing is there twice, nor out of order, nor anything that was not written whole.
 */
@Tag("exhaustive")
class LiveCamerasSoakIT {
    private static final long SECONDS = Long.getLong("sortline.soak.seconds", 60);
    private static final long SEED = Long.getLong("sortline.soak.seed", System.nanoTime());
    private static final int CAMERAS = 24;
    private static final int LINES = 8;

    /** The last of so many outages takes a minute: the broker is away for longer than anything waits for it. */
    private static final int LONG_EACH = 6;

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long MOST_MORE_HEAP = 16 << 20;
    private static final long MOST_MILLIS_OFF = 3_000;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<LineCamera, RestlessCamera> peers = new LinkedHashMap<>();
    private final Map<LineCamera, OnTopic> onTopic = new LinkedHashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private BrokerProcess broker;
    private TopicReader<Frame> reader;
    private FramePublisher publisher;
    private LiveCameras cameras;
    private int outages;

    @TempDir
    private Path folder;

    /** What of a camera is on the topic. */
    private static final class OnTopic {
        private final BitSet numbers = new BitSet();
        private long frames;
        private long twice;
        private long disordered;
        private long foreign;
        private long mostMillisOff;
        private long lastSequence;
        private int lastNumber;

        private synchronized void add(Frame frame, int camera) {
            var mark = RestlessCamera.Mark.of(frame.image());
            frames++;
            twice += numbers.get(mark.number()) ? 1 : 0;
            disordered += frame.sequence() <= lastSequence || mark.number() <= lastNumber ? 1 : 0;
            foreign += mark.camera() == camera ? 0 : 1;
            mostMillisOff = Math.max(mostMillisOff, Math.abs(frame.capturedAt().toEpochMilli() - mark.writtenMillis()));
            lastSequence = frame.sequence();
            lastNumber = mark.number();
            numbers.set(mark.number());
        }

        private synchronized long frames() {
            return frames;
        }
    }

    /** What the process holds at a moment. */
    private record Sample(long second, long heapBytes, long threads, long residentKiB) {}

    @BeforeEach
    void film() throws Exception {
        broker = BrokerProcess.start(folder);
        try (Admin admin = Admin.create(broker.clientProperties())) {
            MissingTopics.create(admin, Set.of(Topic.FRAMES));
        }
        Path password = Files.writeString(folder.resolve("password"), "secret");
        Map<LineCamera, CameraSettings> settings = new LinkedHashMap<>();
        for (int number = 0; number < CAMERAS; number++) {
            var camera = new LineCamera("line-" + number % LINES, "camera-" + number);
            var peer = new RestlessCamera(number, LoopbackPort.free(), random.nextLong());
            peers.put(camera, peer);
            onTopic.put(camera, new OnTopic());
            settings.put(
                    camera,
                    new CameraSettings(
                            new MjpegSettings(peer.url(), "user", password, null, 1_000L, null, null),
                            trigger(number),
                            null,
                            null));
        }
        List<LineCamera> order = List.copyOf(peers.keySet());
        reader = TopicReader.fromItsBeginning(
                broker.clientProperties(), Topic.FRAMES.topicName(), new FrameDeserializer(), (message, at) -> {
                    Frame frame = message.value();
                    var camera = new LineCamera(frame.lineId(), frame.cameraId());
                    onTopic.get(camera).add(frame, order.indexOf(camera));
                });
        publisher = FramePublisher.ofLiveCameras(broker.clientProperties(), meters, FrameTracing.OFF);
        cameras = LiveCameras.start(
                settings, PushSettings.DEFAULT, broker.clientProperties(), publisher, meters, InstantSource.system());
    }

    @AfterEach
    void stop() throws Exception {
        cameras.close();
        publisher.close();
        reader.close();
        for (RestlessCamera peer : peers.values()) {
            peer.close();
        }
        broker.close();
    }

    @Test
    void booksAreEqualWhateverHappensAndNothingGrows() throws Exception {
        // Given
        System.out.printf("%d cameras for %d s, seed %d%n", CAMERAS, SECONDS, SEED);

        // When
        misbehave();
        peers.values().forEach(RestlessCamera::rest);
        for (RestlessCamera peer : peers.values()) {
            peer.awaitRest();
        }
        awaitFates();
        cameras.close();
        publisher.close();
        for (LineCamera camera : peers.keySet()) {
            long published = Counted.of(meters, camera).published();
            await().atMost(SOON).until(() -> onTopic.get(camera).frames() >= published);
        }
        report();

        // Then
        peers.forEach(this::assertThatBooksAreEqual);
        assertThatNothingGrew();
    }

    private void misbehave() throws Exception {
        long began = System.nanoTime();
        long nextOutage = 10L + random.nextInt(10);
        long nextSample = 10;
        for (long second = 1; second <= SECONDS; second++) {
            TimeUnit.NANOSECONDS.sleep(began + TimeUnit.SECONDS.toNanos(second) - System.nanoTime());
            if (second == nextOutage) {
                outage();
                outages++;
                long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
                nextOutage = now + 25 + random.nextInt(40);
                second = now;
            }
            if (second >= nextSample) {
                samples.add(sample(second));
                nextSample = second + Math.max(10, SECONDS / 20);
            }
        }
    }

    private void outage() throws Exception {
        boolean hangs = random.nextBoolean();
        long millis = outages % LONG_EACH == LONG_EACH - 1 ? 60_000 : 1_000L + random.nextInt(9_000);
        if (hangs) {
            broker.freeze();
        } else {
            broker.kill();
        }
        TimeUnit.MILLISECONDS.sleep(millis);
        if (hangs) {
            broker.thaw();
        } else {
            broker.restart();
        }
    }

    private void awaitFates() {
        await().atMost(SOON)
                .until(() -> meters.get(LineMetric.PRODUCER_IN_FLIGHT.meterName())
                                .gauge()
                                .value()
                        == 0);
    }

    private long counted() {
        return peers.keySet().stream()
                .mapToLong(camera -> Counted.of(meters, camera).all())
                .sum();
    }

    private void assertThatBooksAreEqual(LineCamera camera, RestlessCamera peer) {
        Counted counted = Counted.of(meters, camera);
        OnTopic there = onTopic.get(camera);
        assertThat(counted.all())
                .as("%s: %s", camera, counted)
                .isBetween(peer.certain(), peer.certain() + peer.unsure());
        assertThat(there.frames())
                .as("%s on the topic: %s", camera, counted)
                .isBetween(counted.published(), counted.published() + counted.failed());
        assertThat(there.twice + there.disordered + there.foreign)
                .as("%s: twice, disordered or of others", camera)
                .isZero();
        assertThat(there.numbers.stream().filter(number -> !peer.wroteWhole(number)))
                .as("%s: never written whole", camera)
                .isEmpty();
        assertThat(there.mostMillisOff).as("%s: time of capture", camera).isLessThan(MOST_MILLIS_OFF);
    }

    private void assertThatNothingGrew() {
        Sample early = samples.get(samples.size() / 3);
        Sample last = samples.get(samples.size() - 1);
        // Pictures of 20 MB come and go: what stays is in the least of several looks.
        int half = samples.size() / 2;
        assertThat(leastHeap(samples.subList(half, samples.size())) - leastHeap(samples.subList(0, half)))
                .as("heap: %s", samples)
                .isLessThan(MOST_MORE_HEAP);
        assertThat(last.threads()).as("threads: %s", samples).isLessThanOrEqualTo(early.threads() + 3);
    }

    private static long leastHeap(List<Sample> looks) {
        return looks.stream().mapToLong(Sample::heapBytes).min().orElseThrow();
    }

    private void report() {
        long given = peers.values().stream().mapToLong(RestlessCamera::certain).sum();
        long unsure = peers.values().stream().mapToLong(RestlessCamera::unsure).sum();
        Map<String, Long> outcomes = new TreeMap<>();
        Map<RestlessCamera.Mood, Integer> moods = new TreeMap<>();
        peers.forEach((camera, peer) -> {
            Counted counted = Counted.of(meters, camera);
            outcomes.merge("published", counted.published(), Long::sum);
            outcomes.merge("failed", counted.failed(), Long::sum);
            outcomes.merge("skipped", counted.skipped(), Long::sum);
            outcomes.merge("dropped", counted.dropped(), Long::sum);
            outcomes.merge("not_asked", counted.notAsked(), Long::sum);
            peer.moods().forEach((mood, times) -> moods.merge(mood, times, Integer::sum));
        });
        System.out.printf(
                Locale.ROOT,
                "given %d, and %d of which nobody can know; counted %d: %s; on the topic %d; capture off by %d ms at most; %d outages%n%s%n",
                given,
                unsure,
                counted(),
                outcomes,
                onTopic.values().stream().mapToLong(OnTopic::frames).sum(),
                onTopic.values().stream()
                        .mapToLong(each -> each.mostMillisOff)
                        .max()
                        .orElse(0),
                outages,
                moods);
        samples.forEach(sample -> System.out.printf(
                Locale.ROOT,
                "%5d s: heap %.1f MB, %d threads, resident %d MB%n",
                sample.second(),
                sample.heapBytes() / 1e6,
                sample.threads(),
                sample.residentKiB() >> 10));
        peers.forEach((camera, peer) -> System.out.printf(
                "%s: given %d and perhaps %d more, %s, on the topic %d%n",
                camera,
                peer.certain(),
                peer.unsure(),
                Counted.of(meters, camera),
                onTopic.get(camera).frames()));
    }

    private static Sample sample(long second) throws IOException {
        System.gc();
        return new Sample(
                second,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                Thread.getAllStackTraces().size(),
                residentKiB());
    }

    /** 0 where the system does not tell. */
    private static long residentKiB() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    private static TriggerSettings trigger(int camera) {
        return switch (camera % 6) {
            case 3 -> new IntervalSettings(400);
            case 4 -> new MotionSettings(null, null, null, null);
            case 5 -> new ItemSettings(null, null, null, null, null);
            default -> new EverySettings();
        };
    }
}
