// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.contract.Decision;
import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.FrameAnswerSerde;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.ReviewRequest.Cause;
import dev.sortline.contract.ReviewRequestSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.HeldClassifier;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.linefile.GlassOnly;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.metrics.LineMetric;
import dev.sortline.process.TopicSetup;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Ejector;
import dev.sortline.sorting.Line;
import dev.sortline.stream.LineStream;
import dev.sortline.stream.StreamSettings;
import dev.sortline.stream.camera.CameraWatchSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a classifier tells beside its events: items for a person to look at, and what models say of single frames. */
@Timeout(180)
class ReviewsAndAnswersIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private Broker broker;
    private TestCamera camera;
    private TopicLog<RoutingEvent> actuations;
    private TopicLog<ReviewRequest> reviews;
    private TopicLog<FrameAnswer> answers;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(kafka());
        camera = new TestCamera(broker);
        actuations = new TopicLog<>(broker, Topic.ACTUATIONS.topicName(), new RoutingEventSerde().deserializer());
        reviews = new TopicLog<>(broker, Topic.REVIEWS.topicName(), new ReviewRequestSerde().deserializer());
        answers = new TopicLog<>(broker, Topic.ANSWERS.topicName(), new FrameAnswerSerde().deserializer());
    }

    @AfterEach
    void stop() throws Exception {
        answers.close();
        reviews.close();
        actuations.close();
        camera.close();
        broker.close();
    }

    @Test
    void unsureItemIsShownWithItsPictureAndATrialIsAnsweredByBothModelsAlsoWhereItIsEmpty() throws Exception {
        // Given
        byte[] glass = Samples.picture("glass");
        byte[] empty = Samples.picture("empty");
        try (var process = unsureOfEverything()) {
            await().atMost(SOON).until(process::ready);

            // When
            camera.publish("line-1", 1, "item-1", glass);
            camera.publish("try", 1, "trial-1", glass);
            camera.publish("try", 2, "trial-2", empty);
            camera.publish("try", 3, "trial-3", new byte[] {1, 2, 3});

            // Then
            await().atMost(SOON).until(() -> answersOn("try").count() == 4 && eventsOn("try") == 2);
            await().atMost(SOON).until(() -> reviews.values().size() == 1);
            ReviewRequest review = reviews.values().get(0);
            assertThat(reviews.records().get(0).key()).isEqualTo("line-1");
            assertThat(review.image()).isEqualTo(glass);
            assertThat(review.cause()).isEqualTo(Cause.UNSURE);
            assertThat(actuations.values()).contains(review.event());
            assertThat(actuations.values())
                    .extracting(RoutingEvent::itemId, RoutingEvent::decision)
                    .containsExactlyInAnyOrder(
                            tuple("item-1", Decision.UNCERTAIN),
                            tuple("trial-1", Decision.UNCERTAIN),
                            tuple("trial-3", Decision.UNREADABLE));
            assertThat(answersOn("try"))
                    .extracting(
                            FrameAnswer::itemId,
                            FrameAnswer::shadow,
                            answer -> answer.model().name(),
                            ReviewsAndAnswersIT::best)
                    .containsExactlyInAnyOrder(
                            tuple("trial-1", false, "waste-mobilenet-v2", "glass"),
                            tuple("trial-2", false, "waste-mobilenet-v2", "empty"),
                            tuple("trial-1", true, "waste-cnn", "glass"),
                            tuple("trial-2", true, "waste-cnn", "empty"));
            assertThat(process.get("/metrics"))
                    .contains("sortline_reviews_total{line=\"line-1\",outcome=\"requested\"} 1.0")
                    .contains("sortline_reviews_total{line=\"line-1\",outcome=\"left-out\"} 0.0")
                    .contains("sortline_shadow_frames_total{line=\"try\",outcome=\"answered\"} 2.0")
                    .contains("camera=\"camera-1\",line=\"line-1\"")
                    .doesNotContain("camera=\"camera-1\",line=\"try\"")
                    .doesNotContain("sortline_reviews_total{line=\"try\"");
        }
    }

    @Test
    void secondModelThatStandsStillDoesNotHoldUpTheLine() throws Exception {
        // Given
        var meters = new SimpleMeterRegistry();
        byte[] glass = Samples.picture("glass");
        try (var classifier = Samples.classifier();
                var second = HeldClassifier.held();
                var stream = running(classifier, second, meters)) {
            // The line's other thread may be at work: a few frames, until one finds time.
            for (int i = 1; !second.isAsked(); i++) {
                camera.publish("line-1", i, "first-" + i, glass);
            }
            long before = skipped(meters);

            // When
            for (int i = 1; i <= 50; i++) {
                camera.publish("line-1", 1_000 + i, "item-" + i, glass);
            }

            // Then
            await().atMost(SOON)
                    .until(() -> actuations.values().stream()
                                    .filter(event -> event.itemId().startsWith("item-"))
                                    .count()
                            == 50);
            await().atMost(SOON).until(() -> skipped(meters) - before >= 49);
            assertThat(answers.values()).isEmpty();
            second.close();
        }
    }

    /** Two models, a line whose plan no answer is sure enough for, and a trial line. */
    private ClassifyProcess unsureOfEverything() throws Exception {
        Files.writeString(folder.resolve("plan.yaml"), GlassOnly.yaml(1.0));
        return ClassifyProcess.start(
                """
                kafka: { bootstrap.servers: "%s" }
                model: %s
                inference: { engine: tensorflow, precision: float32, batch: 1, runs: 2, intraOpThreads: 1 }
                shadow: %s
                console: { trialLine: try }
                belts:
                  slow: { speedMetresPerSecond: 0.01, transportMarginMillis: 20, residualLane: residue, ejectors: { glass: { number: 1, distanceMetres: 1.0 } } }
                  table: { speedMetresPerSecond: 1.0, transportMarginMillis: 0, residualLane: residue, ejectors: {} }
                lines:
                  line-1: { belt: slow, plan: plan.yaml }
                  try: { belt: table, plan: plan.yaml }
                """
                        .formatted(
                                broker.bootstrapServers(),
                                Samples.model(),
                                Samples.model().resolveSibling("waste-cnn")),
                folder);
    }

    private LineStream running(ImageClassifier classifier, HeldClassifier second, SimpleMeterRegistry meters) {
        var belt = new BeltGeometry(0.01, 20, "residue", null, null, Map.of("glass", new Ejector(1, 1.0, 0)));
        var line = new Line("line-1", belt, GlassOnly.edition("glass", "glass", 0.5));
        var unwatched = new CameraWatchSettings(null, null, null, 0, null);
        var stream = new LineStream(
                new StreamSettings(kafka(), Map.of("line-1", line), unwatched),
                classifier,
                Optional.of(second),
                meters);
        stream.start();
        await().atMost(SOON).until(stream::ready);
        return stream;
    }

    private static long skipped(SimpleMeterRegistry meters) {
        return Math.round(meters.get(LineMetric.SHADOW_FRAMES.meterName())
                .tags("line", "line-1", "outcome", "skipped")
                .counter()
                .count());
    }

    private Stream<FrameAnswer> answersOn(String line) {
        return answers.values().stream().filter(answer -> answer.lineId().equals(line));
    }

    private long eventsOn(String line) {
        return actuations.values().stream()
                .filter(event -> event.lineId().equals(line))
                .count();
    }

    private static String best(FrameAnswer answer) {
        return answer.probabilities().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
