// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import java.util.List;

/**
 * Features of labelled pictures: picture {@code i} in view {@code v} is row {@code i * views + v} of the store; view 0 is the plain one.
 *
 * @param store the rows, open as long as this is used
 * @param views rows a picture
 * @param labels all labels, in the order of the network's output
 * @param truths for each picture the index of its label
 */
record FeatureSet(FeatureStore store, int views, List<String> labels, List<Integer> truths) {
    FeatureSet {
        labels = List.copyOf(labels);
        truths = List.copyOf(truths);
        if (store.rows() != truths.size() * views) {
            throw new IllegalArgumentException(
                    "%d pictures in %d views are not %d rows".formatted(truths.size(), views, store.rows()));
        }
    }

    int pictures() {
        return truths.size();
    }

    int row(int picture, int view) {
        return picture * views + view;
    }
}
