// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import dev.sortline.contract.RoutingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells which fractions' shares and mean confidences have left their {@linkplain ControlLimits band}: the last 15 minutes, of at least
 * {@value #LEAST_NOW} items, against up to 24 hours before, of at least {@value #LEAST_BEFORE}. For a share those are all classified items of
 * the line, for a confidence the fraction's own. Kept in minutes, by when items were decided.
 */
final class FractionBands {
    static final int LEAST_NOW = 50;
    static final int LEAST_BEFORE = 500;

    private static final int MOST_FRACTIONS = 32;
    private static final long NOW_MINUTES = 15;
    private static final long KEPT_MINUTES = Duration.ofHours(24).toMinutes();

    private final TreeMap<Long, Sums> minutes = new TreeMap<>();

    /** An item that was not classified has no fraction and is passed over. */
    void add(RoutingEvent event, Instant now) {
        Double confidence = event.confidence();
        if (event.fraction() == null || confidence == null) {
            return;
        }
        long newest = minute(now);
        // A clock that is ahead must not keep its items in "now" for longer than others.
        long at = Math.min(newest, minute(event.decidedAt()));
        if (at > newest - KEPT_MINUTES) {
            minutes.computeIfAbsent(at, minute -> new Sums()).add(Words.cut(event.fraction()), confidence);
        }
        minutes.headMap(newest - KEPT_MINUTES, true).clear();
    }

    /** The figures that are outside, shares before confidences. */
    List<Band> outside(Instant now) {
        long newest = minute(now);
        Sums recent = sumOf(minutes.tailMap(newest - NOW_MINUTES, false));
        Sums before = sumOf(minutes.subMap(newest - KEPT_MINUTES, false, newest - NOW_MINUTES, true));
        List<Band> outside = new ArrayList<>();
        if (recent.items >= LEAST_NOW && before.items >= LEAST_BEFORE) {
            var fractions = new LinkedHashMap<>(before.fractions);
            recent.fractions.forEach(fractions::putIfAbsent);
            fractions.keySet().forEach(fraction -> {
                var limits = ControlLimits.ofShare(before.share(fraction), recent.items);
                addIfOutside(Band.Kind.SHARE, fraction, recent.share(fraction), limits, outside);
            });
        }
        recent.fractions.forEach((fraction, sample) -> {
            Moments past = before.fractions.get(fraction);
            if (past != null && sample.items >= LEAST_NOW && past.items >= LEAST_BEFORE) {
                var limits = ControlLimits.ofMean(past.mean(), past.deviation(), sample.items);
                addIfOutside(Band.Kind.CONFIDENCE, fraction, sample.mean(), limits, outside);
            }
        });
        return outside;
    }

    private static void addIfOutside(
            Band.Kind kind, String fraction, double figure, ControlLimits limits, List<Band> outside) {
        if (!limits.hold(figure)) {
            outside.add(new Band(kind, fraction, figure, limits.least(), limits.most()));
        }
    }

    private static Sums sumOf(Map<Long, Sums> minutes) {
        var sum = new Sums();
        minutes.values().forEach(sum::add);
        return sum;
    }

    private static long minute(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 60);
    }

    /** Classified items, and those of each fraction. */
    private static final class Sums {
        private final Map<String, Moments> fractions = new LinkedHashMap<>();
        private long items;

        void add(String fraction, double confidence) {
            items++;
            Moments own = of(fraction);
            if (own != null) {
                own.items++;
                own.sum += confidence;
                own.squares += confidence * confidence;
            }
        }

        void add(Sums other) {
            items += other.items;
            other.fractions.forEach((fraction, moments) -> {
                Moments own = of(fraction);
                if (own != null) {
                    own.items += moments.items;
                    own.sum += moments.sum;
                    own.squares += moments.squares;
                }
            });
        }

        double share(String fraction) {
            Moments own = fractions.get(fraction);
            return own == null ? 0 : (double) own.items / items;
        }

        private @Nullable Moments of(String fraction) {
            Moments own = fractions.get(fraction);
            if (own == null && fractions.size() < MOST_FRACTIONS) {
                own = new Moments();
                fractions.put(fraction, own);
            }
            return own;
        }
    }

    /** Number, sum and sum of squares of confidences. */
    private static final class Moments {
        private long items;
        private double sum;
        private double squares;

        double mean() {
            return sum / items;
        }

        double deviation() {
            double variance = items < 2 ? 0 : (squares - sum * sum / items) / (items - 1);
            // Of equal confidences rounding makes a little less than 0.
            return Math.sqrt(Math.max(0, variance));
        }
    }
}
