// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

import dev.sortline.benchmarks.report.MedianOfTurns;
import dev.sortline.trainer.progress.ProgressListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Contestants that take turns, so that what the machine does in between meets all of them. */
final class InterleavedComparison {
    private final Map<String, Contestant> contestants = new LinkedHashMap<>();

    /** Who is measured. */
    @FunctionalInterface
    interface Contestant {
        /** Takes its turn and gives its frames a second. */
        double framesPerSecond() throws InterruptedException, IOException;
    }

    /** The next to have its turn after those that are there. */
    InterleavedComparison add(String name, Contestant contestant) {
        contestants.put(name, contestant);
        return this;
    }

    int size() {
        return contestants.size();
    }

    /** What each came to. */
    record Figures(Map<String, MedianOfTurns> byName) {
        Figures {
            byName = Map.copyOf(byName);
        }

        /** @throws IllegalArgumentException when nobody of that name was there */
        MedianOfTurns of(String name) {
            MedianOfTurns figures = byName.get(name);
            if (figures == null) {
                throw new IllegalArgumentException("name is '%s': must be one of %s".formatted(name, byName.keySet()));
            }
            return figures;
        }
    }

    /** Lets all have their turns. */
    Figures run(int turns, ProgressListener progress) throws InterruptedException, IOException {
        Map<String, List<Double>> figures = new LinkedHashMap<>();
        for (int turn = 1; turn <= turns; turn++) {
            for (var contestant : contestants.entrySet()) {
                double figure = contestant.getValue().framesPerSecond();
                figures.computeIfAbsent(contestant.getKey(), name -> new ArrayList<>())
                        .add(figure);
                progress.step(String.format(
                        Locale.ROOT, "turn %d, %s: %.1f frames a second", turn, contestant.getKey(), figure));
            }
        }
        Map<String, MedianOfTurns> results = new LinkedHashMap<>();
        figures.forEach((name, all) -> results.put(name, MedianOfTurns.of(all)));
        return new Figures(results);
    }
}
