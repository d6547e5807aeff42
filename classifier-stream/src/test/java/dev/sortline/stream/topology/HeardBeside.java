// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.metrics.LineMetric;
import dev.sortline.stream.review.ReviewMetrics;
import dev.sortline.stream.review.ReviewSettings;
import dev.sortline.stream.review.Reviews;
import dev.sortline.stream.side.HeardTopic;
import dev.sortline.tracing.FrameTracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Hears what a topology of {@code line-1} tells beside its events. */
final class HeardBeside {
    final HeardTopic<ReviewRequest> reviews = new HeardTopic<>();
    final HeardTopic<FrameAnswer> answers = new HeardTopic<>();
    final List<Frame> seen = new ArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Consumer<Frame> shadow = seen::add;

    private final Optional<String> trialLine;
    private final Reviews asked;

    /** Nothing is drawn, nothing is a trial. */
    HeardBeside() {
        this(0, Optional.empty());
    }

    private HeardBeside(double sampleShare, Optional<String> trialLine) {
        this.trialLine = trialLine;
        Set<String> reviewed = trialLine.isPresent() ? Set.of() : Set.of("line-1");
        asked = new Reviews(reviewed, new ReviewSettings(sampleShare), new ReviewMetrics(meters, reviewed), reviews);
    }

    static HeardBeside drawing(double sampleShare) {
        return new HeardBeside(sampleShare, Optional.empty());
    }

    static HeardBeside ofTrials() {
        return new HeardBeside(1, Optional.of("line-1"));
    }

    Beside beside() {
        return new Beside(trialLine, answers, frame -> shadow.accept(frame), asked, FrameTracing.OFF);
    }

    /** What reviews show, in their order. */
    List<String> pictures() {
        return reviews.messages().stream()
                .map(request -> new String(request.image(), StandardCharsets.UTF_8))
                .toList();
    }

    List<String> reviewedItems() {
        return reviews.messages().stream()
                .map(ReviewRequest::event)
                .map(RoutingEvent::itemId)
                .toList();
    }

    long reviews(String outcome) {
        return Math.round(meters.get(LineMetric.REVIEWS.meterName())
                .tags("line", "line-1", "outcome", outcome)
                .counter()
                .count());
    }
}
