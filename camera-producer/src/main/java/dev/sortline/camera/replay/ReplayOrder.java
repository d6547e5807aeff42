// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.replay;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * The order in which a camera shows its images: random, another one each round, and always the same for the same random
 * numbers.
 *
 * <p>Each label is spread evenly over the round, in proportion to its images, so that a short run sees every label and a
 * long one none in a row.
 */
final class ReplayOrder {
    private final Collection<List<ReplayImage>> byLabel;
    private final Random random;

    ReplayOrder(List<ReplayImage> images, Random random) {
        this.byLabel = images.stream()
                .collect(groupingBy(image -> Optional.ofNullable(image.truth()).orElse(""), TreeMap::new, toList()))
                .values();
        this.random = random;
    }

    /** Every image once. */
    List<ReplayImage> nextRound() {
        var places = new ArrayList<Place>();
        for (List<ReplayImage> images : byLabel) {
            var shuffled = new ArrayList<>(images);
            Collections.shuffle(shuffled, random);
            for (int i = 0; i < shuffled.size(); i++) {
                places.add(new Place((i + random.nextDouble()) / shuffled.size(), shuffled.get(i)));
            }
        }
        return places.stream()
                .sorted(Comparator.comparingDouble(Place::position))
                .map(Place::image)
                .toList();
    }

    /** @param position in the round, from 0 to 1 */
    private record Place(double position, ReplayImage image) {}
}
