// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decided item, and what became of it. Texts of others are cut to {@value Words#MOST_CHARACTERS} characters.
 *
 * @param item the item
 * @param label the most probable label; absent when the image was not classified
 * @param fraction the most probable fraction; absent when the image was not classified
 * @param lane where it goes
 * @param decision what was decided
 * @param confidence probability of the fraction, 0 to 1; absent when the image was not classified
 * @param capturedAt when its first frame was captured
 * @param fireAt when the ejector acts; absent when none does
 * @param ejector the ejector that acts; absent when none does
 * @param outcome what a gateway made of it, such as {@code fired}; absent as long as none has told
 * @param thumb where its picture is; absent when there is none
 */
public record SeenItem(
        String item,
        @Nullable String label,
        @Nullable String fraction,
        String lane,
        Decision decision,
        @Nullable Double confidence,
        Instant capturedAt,
        @Nullable Instant fireAt,
        @Nullable Integer ejector,
        @Nullable String outcome,
        @Nullable String thumb) {

    static SeenItem of(RoutingEvent event, @Nullable String outcome, @Nullable String thumb) {
        return new SeenItem(
                event.itemId(),
                Words.cutIfAny(event.label()),
                Words.cutIfAny(event.fraction()),
                Words.cut(event.lane()),
                event.decision(),
                event.confidence(),
                event.capturedAt(),
                event.fireAt(),
                event.ejector(),
                outcome,
                thumb);
    }

    SeenItem withOutcome(String fate) {
        return new SeenItem(
                item, label, fraction, lane, decision, confidence, capturedAt, fireAt, ejector, fate, thumb);
    }

    SeenItem withThumb(@Nullable String url) {
        return new SeenItem(
                item, label, fraction, lane, decision, confidence, capturedAt, fireAt, ejector, outcome, url);
    }
}
