// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.FrameAnswerSerde;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.ReviewRequestSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.Topic;
import dev.sortline.stream.model.LineModels;
import dev.sortline.stream.review.ReviewMetrics;
import dev.sortline.stream.review.Reviews;
import dev.sortline.stream.shadow.ShadowMetrics;
import dev.sortline.stream.shadow.ShadowModel;
import dev.sortline.stream.side.SidePublisher;
import dev.sortline.stream.side.SideTopic;
import dev.sortline.stream.topology.Beside;
import dev.sortline.stream.topology.SeenPart;
import dev.sortline.tracing.FrameTracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.StreamsConfig;

/** Runs what the stream tells beside its events: reviews of every line, and answers where there is a trial line or a second model. */
final class SideMessages implements AutoCloseable {
    private final StreamSettings settings;
    private final MeterRegistry registry;
    private final FrameTracing tracing;
    private final SidePublisher<ReviewRequest> reviews;
    private final Optional<SidePublisher<FrameAnswer>> answers;
    private final Optional<ShadowModel> shadow;

    /**
     * @param instance how the names of its clients begin
     * @param first the models that decide
     * @param second the model that looks on
     */
    SideMessages(
            StreamSettings settings,
            StreamsConfig clients,
            String instance,
            LineModels first,
            Optional<ImageClassifier> second,
            MeterRegistry registry,
            FrameTracing tracing) {
        this.settings = settings;
        this.registry = registry;
        this.tracing = tracing;
        var requests = new ReviewRequestSerde().serializer();
        reviews = new SidePublisher<>(
                Topic.REVIEWS, SidePublisher.producer(clients.getProducerConfigs(instance + "-reviews"), requests));
        answers = second.isPresent() || settings.trialLine().isPresent()
                ? Optional.of(answers(clients, instance))
                : Optional.empty();
        shadow = second.map(classifier -> new ShadowModel(
                classifier,
                new RoutingEvent.Model(
                        classifier.model().name(), classifier.model().version()),
                settings.trialLine(),
                // It saw the frame because its line is one of these.
                frame -> SeenPart.of(
                        frame, Objects.requireNonNull(settings.lines().get(frame.lineId()))),
                first::isFullyUsed,
                new ShadowMetrics(registry, settings.lines().keySet()),
                answers.orElseThrow(),
                InstantSource.system()));
    }

    private static SidePublisher<FrameAnswer> answers(StreamsConfig clients, String instance) {
        var messages = new FrameAnswerSerde().serializer();
        return new SidePublisher<>(
                Topic.ANSWERS, SidePublisher.producer(clients.getProducerConfigs(instance + "-answers"), messages));
    }

    /** As the topology tells of it. */
    Beside beside() {
        Set<String> reviewed = settings.sortingLines().keySet();
        return new Beside(
                settings.trialLine(),
                answers.<SideTopic<FrameAnswer>>map(topic -> topic).orElse(SideTopic.nowhere()),
                shadow.<Consumer<Frame>>map(model -> model::see).orElse(frame -> {}),
                new Reviews(reviewed, settings.reviews(), new ReviewMetrics(registry, reviewed), reviews),
                tracing);
    }

    void start() {
        shadow.ifPresent(ShadowModel::start);
    }

    /** To be called when the stream stands. Lets what is under way get out, for 3 s at most. */
    @Override
    public void close() {
        shadow.ifPresent(ShadowModel::close);
        reviews.close();
        answers.ifPresent(SidePublisher::close);
    }
}
