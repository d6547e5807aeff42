// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.review;

import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.ReviewRequest.Cause;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.stream.review.ReviewMetrics.Outcome;
import dev.sortline.stream.side.SideTopic;
import dev.sortline.trouble.TroubleLog;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Asks for reviews of items whose events are out. Never waits and never fails: an item that nobody looks at is better than one that nobody
 * sorts. Safe for use by all threads; of a line by one at a time.
 */
public final class Reviews {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(Reviews.class));

    private final Set<String> lines;
    private final ReviewDraw draw;
    private final ReviewMetrics metrics;
    private final SideTopic<ReviewRequest> topic;
    private final ReviewPace pace = new ReviewPace();

    /** @param lines ids of the lines of which reviews are asked for: of others there are none */
    public Reviews(Set<String> lines, ReviewSettings settings, ReviewMetrics metrics, SideTopic<ReviewRequest> topic) {
        this.lines = Set.copyOf(lines);
        this.draw = new ReviewDraw(settings.share());
        this.metrics = metrics;
        this.topic = topic;
    }

    /**
     * Tells of an item that has just been decided.
     *
     * @param picture the last of its pictures that was looked at; absent when it is no longer there
     */
    public void decided(RoutingEvent event, @Nullable Picture picture) {
        try {
            if (lines.contains(event.lineId())) {
                draw.of(event).ifPresent(cause -> request(event, cause, picture));
            }
        } catch (RuntimeException e) {
            // The event is out: its frame must not be set aside for this.
            TROUBLE.error("review", "No review of " + event.id() + ", a mistake in Sortline: please report " + e);
            metrics.count(event.lineId(), Outcome.FAILED);
        }
    }

    private void request(RoutingEvent event, Cause cause, @Nullable Picture picture) {
        if (picture == null) {
            metrics.count(event.lineId(), Outcome.NO_PICTURE);
        } else if (cause == Cause.UNSURE && !pace.lets(event.lineId(), event.decidedAt())) {
            metrics.count(event.lineId(), Outcome.LEFT_OUT);
        } else {
            var request = new ReviewRequest(event, cause, picture.contentType(), picture.image());
            topic.publish(
                    event.lineId(),
                    request,
                    picture.image().length,
                    written -> metrics.count(event.lineId(), written ? Outcome.REQUESTED : Outcome.FAILED));
        }
    }
}
