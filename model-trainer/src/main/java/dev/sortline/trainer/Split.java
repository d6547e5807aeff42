// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which pictures are learned from and which are held out, by their index.
 *
 * @param learned at least one of each label
 * @param heldOut about the recipe's share of each label, at least one
 */
record Split(List<Integer> learned, List<Integer> heldOut) {
    Split {
        learned = List.copyOf(learned);
        heldOut = List.copyOf(heldOut);
    }

    static Split of(FeatureSet set, HeadRecipe recipe) {
        SplittableRandom random = new SplittableRandom(recipe.seed());
        List<Integer> learned = new ArrayList<>();
        List<Integer> heldOut = new ArrayList<>();
        for (int label = 0; label < set.labels().size(); label++) {
            List<Integer> ofLabel = new ArrayList<>();
            for (int picture = 0; picture < set.pictures(); picture++) {
                if (set.truths().get(picture) == label) {
                    ofLabel.add(picture);
                }
            }
            long share = Math.min(ofLabel.size(), Math.max(1, Math.round(ofLabel.size() * recipe.heldOutShare())));
            for (long i = 0; i < share; i++) {
                heldOut.add(ofLabel.remove(random.nextInt(ofLabel.size())));
            }
            learned.addAll(ofLabel);
        }
        return new Split(learned, heldOut);
    }

    List<Integer> all() {
        return IntStream.concat(
                        learned.stream().mapToInt(Integer::intValue),
                        heldOut.stream().mapToInt(Integer::intValue))
                .sorted()
                .boxed()
                .toList();
    }
}
