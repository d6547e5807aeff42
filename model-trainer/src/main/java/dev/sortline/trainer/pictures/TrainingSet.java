// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.pictures;

import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.trainer.progress.ProgressListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Pictures that are known to be readable, by the index of their label.
 *
 * @param labels all labels, in the order of the network's output
 * @param pictures the pictures
 * @param truths for each picture the index of its label
 */
public record TrainingSet(List<String> labels, List<LabelledPicture> pictures, List<Integer> truths) {
    public TrainingSet {
        labels = List.copyOf(labels);
        pictures = List.copyOf(pictures);
        truths = List.copyOf(truths);
        if (pictures.size() != truths.size()) {
            throw new IllegalArgumentException("%d images have %d truths".formatted(pictures.size(), truths.size()));
        }
    }

    /** Opens every picture once; those that cannot be read are named and left out. */
    public static TrainingSet readable(
            List<LabelledPicture> pictures, List<String> labels, PictureReader reader, ProgressListener progress)
            throws IOException {
        List<LabelledPicture> readable = new ArrayList<>();
        progress.begin("reading", pictures.size());
        try {
            for (LabelledPicture picture : pictures) {
                try {
                    reader.read(picture.file());
                    readable.add(picture);
                } catch (UnreadableImageException e) {
                    progress.skipped(picture.file(), e.getMessage());
                }
                progress.step("");
            }
        } finally {
            progress.end();
        }
        return of(readable, labels);
    }

    /** These pictures and those, of the same labels. */
    public TrainingSet and(TrainingSet others) {
        List<LabelledPicture> all = new ArrayList<>(pictures);
        all.addAll(others.pictures);
        return of(all, labels);
    }

    /**
     * So many of these pictures, round and round in their order.
     *
     * @param count how many; 1 or more, where there are any
     */
    public TrainingSet repeated(int count) {
        List<LabelledPicture> repeated = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            repeated.add(pictures.get(i % pictures.size()));
        }
        return of(repeated, labels);
    }

    /** How many pictures show the label. */
    public int count(int label) {
        return Collections.frequency(truths, label);
    }

    /** How many pictures there are. */
    public int size() {
        return pictures.size();
    }

    /** This set in two: what is learned from, and a share of each label, at least one picture, that is held out. */
    public List<TrainingSet> split(double heldOutShare, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LabelledPicture> learned = new ArrayList<>();
        List<LabelledPicture> heldOut = new ArrayList<>();
        for (String label : labels) {
            List<LabelledPicture> ofLabel = new ArrayList<>(pictures.stream()
                    .filter(picture -> picture.label().equals(label))
                    .toList());
            long share = Math.min(ofLabel.size(), Math.max(1, Math.round(ofLabel.size() * heldOutShare)));
            for (long i = 0; i < share; i++) {
                heldOut.add(ofLabel.remove(random.nextInt(ofLabel.size())));
            }
            learned.addAll(ofLabel);
        }
        return List.of(of(learned, labels), of(heldOut, labels));
    }

    /** Pictures that are known to be readable, each of one of these labels. */
    public static TrainingSet of(List<LabelledPicture> pictures, List<String> labels) {
        return new TrainingSet(
                labels,
                pictures,
                pictures.stream()
                        .map(picture -> labels.indexOf(picture.label()))
                        .toList());
    }
}
