// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.console.Events;
import dev.sortline.console.book.ReviewBook;
import dev.sortline.console.book.ReviewBook.Word;
import dev.sortline.console.book.ReviewedItem;
import dev.sortline.console.book.ReviewedItem.Place;
import dev.sortline.contract.Decision;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.ReviewRequest.Cause;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.metrics.DeclaredOnly;
import dev.sortline.metrics.LineMetric;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Ejector;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanEdition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReviewMetricsTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final List<String> LABELS = List.of("can", "green-glass", "white-glass", "empty");
    private static final Map<String, Line> LINES = Map.of(
            "line-1",
            new Line(
                    "line-1",
                    new BeltGeometry(
                            1,
                            0,
                            "R",
                            null,
                            null,
                            Map.of("G", new Ejector(1, 1, 0), "M", new Ejector(2, 2, 0), "T", new Ejector(3, 3, 0))),
                    new PlanEdition("plan", "0123456789ab", Events.PLAN)));

    private final ReviewBook book = new ReviewBook();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> mistakes = new ArrayList<>();
    private Instant now = NOON;
    private ReviewMetrics metrics;

    @BeforeEach
    void show() {
        registry.config().meterFilter(new DeclaredOnly(mistakes::add));
        metrics = new ReviewMetrics(registry, book, LINES, LABELS, () -> now);
        metrics.countOnce(() -> true);
    }

    @Test
    void eachLabelIsThereFromTheStart() {
        // When
        var shown = gauges();

        // Then
        assertThat(shown).hasSize(12).allSatisfy(gauge -> assertThat(gauge.value())
                .isZero());
        assertThat(shown)
                .extracting(gauge ->
                        gauge.getId().getTag("label") + " " + gauge.getId().getTag("lane"))
                .containsOnly("can M", "green-glass G", "white-glass G", "can R", "green-glass R", "white-glass R");
        assertThat(mistakes).isEmpty();
    }

    @Test
    void purityCanBeReckonedFromWhatPeopleSaid() {
        // Given
        ask("a", Cause.SAMPLE);
        ask("b", Cause.SAMPLE);
        ask("c", Cause.SAMPLE);
        ask("d", Cause.SAMPLE);

        // When
        say("a", "green-glass", 0);
        say("b", "white-glass", 0);
        say("c", "can", 0);

        // Then
        assertThat(count("sample", "green-glass", "G", "right")).isEqualTo(2);
        assertThat(count("sample", "green-glass", "G", "wrong")).isEqualTo(1);
    }

    @Test
    void wordThatIsChangedOrTakenBackIsCountedNoLonger() {
        // Given
        ask("a", Cause.SAMPLE);
        ask("b", Cause.SAMPLE);
        say("a", "can", 0);
        say("b", "green-glass", 0);
        assertThat(count("sample", "green-glass", "G", "wrong")).isEqualTo(1);

        // When
        say("a", "green-glass", 1);
        book.hear(new Word(ItemLabel.key("line-1", "b"), null, 1, NOON));
        now = now.plusSeconds(5);

        // Then
        assertThat(count("sample", "green-glass", "G", "right")).isEqualTo(1);
        assertThat(count("sample", "green-glass", "G", "wrong")).isZero();
    }

    @Test
    void itemsOfMoreThanAWeekAgoCountNoLonger() {
        // Given
        ask("a", Cause.SAMPLE);
        say("a", "green-glass", 0);
        now = NOON.plus(ReviewMetrics.COUNTED);
        assertThat(count("sample", "green-glass", "G", "right")).isEqualTo(1);

        // When
        now = now.plus(Duration.ofSeconds(1));

        // Then
        assertThat(count("sample", "green-glass", "G", "right")).isZero();
    }

    @Test
    void nobodyKnowsTheCountsUntilAllHasBeenRead() {
        // Given
        ask("a", Cause.SAMPLE);
        say("a", "green-glass", 0);

        // When
        metrics.countOnce(() -> false);

        // Then
        assertThat(count("sample", "green-glass", "G", "right")).isNaN();
    }

    @Test
    void whatNobodyHasConfiguredMakesNoSeriesOfItsOwn() {
        // Given
        for (int i = 0; i < 100; i++) {
            var event = Events.event(
                    "line-1", "item-" + i, NOON, Decision.SORT, "label-" + i, "glass", "lane-" + i, 0.9, null);
            ask(event, Cause.SAMPLE);
            say("item-" + i, "can", 0);
            ask(Events.glass("line-" + (i + 2), "item-" + i, NOON), Cause.SAMPLE);
        }
        ask(Events.unclassified(Decision.UNCERTAIN, "line-1", "unclassified", NOON), Cause.UNSURE);

        // When
        var shown = gauges();

        // Then
        assertThat(shown).hasSize(12 + 4);
        assertThat(count("sample", "other", "other", "wrong")).isEqualTo(100);
        assertThat(count("unsure", "none", "R", "wrong")).isZero();
        assertThat(mistakes).isEmpty();
    }

    private List<Gauge> gauges() {
        return List.copyOf(registry.find(LineMetric.REVIEWED_ITEMS.meterName()).gauges());
    }

    private double count(String cause, String label, String lane, String answer) {
        return registry.get(LineMetric.REVIEWED_ITEMS.meterName())
                .tags("line", "line-1", "cause", cause, "label", label, "lane", lane, "answer", answer)
                .gauge()
                .value();
    }

    private void ask(String item, Cause cause) {
        ask(Events.glass("line-1", item, NOON), cause);
    }

    private void ask(RoutingEvent event, Cause cause) {
        var item = ReviewedItem.of(new ReviewRequest(event, cause, "image/jpeg", new byte[] {1}), new Place(0, 0));
        book.ask(item);
        metrics.show(item);
    }

    private void say(String item, String label, long offset) {
        book.hear(new Word(
                ItemLabel.key("line-1", item),
                new ItemLabel("line-1", item, ItemLabel.Said.LABEL, label, "operator", NOON),
                offset,
                NOON.plusSeconds(offset)));
    }
}
