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
 * @param images the pictures
 * @param truths for each picture the index of its label
 */
public record TrainingSet(List<String> labels, List<LabelledImage> images, List<Integer> truths) {
    public TrainingSet {
        labels = List.copyOf(labels);
        images = List.copyOf(images);
        truths = List.copyOf(truths);
        if (images.size() != truths.size()) {
            throw new IllegalArgumentException("%d images have %d truths".formatted(images.size(), truths.size()));
        }
    }

    /** Opens every picture once; those that cannot be read are named and left out. */
    public static TrainingSet readable(
            List<LabelledImage> images, List<String> labels, PictureReader reader, ProgressListener progress)
            throws IOException {
        List<LabelledImage> readable = new ArrayList<>();
        progress.begin("reading", images.size());
        try {
            for (LabelledImage image : images) {
                try {
                    reader.read(image.file());
                    readable.add(image);
                } catch (UnreadableImageException e) {
                    progress.skipped(image.file(), e.getMessage());
                }
                progress.step("");
            }
        } finally {
            progress.end();
        }
        return of(readable, labels);
    }

    /** How many pictures show the label. */
    public int count(int label) {
        return Collections.frequency(truths, label);
    }

    public int size() {
        return images.size();
    }

    /** This set in two: what is learned from, and a share of each label, at least one picture, that is held out. */
    public List<TrainingSet> split(double heldOutShare, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LabelledImage> learned = new ArrayList<>();
        List<LabelledImage> heldOut = new ArrayList<>();
        for (String label : labels) {
            List<LabelledImage> ofLabel = new ArrayList<>(
                    images.stream().filter(image -> image.label().equals(label)).toList());
            long share = Math.min(ofLabel.size(), Math.max(1, Math.round(ofLabel.size() * heldOutShare)));
            for (long i = 0; i < share; i++) {
                heldOut.add(ofLabel.remove(random.nextInt(ofLabel.size())));
            }
            learned.addAll(ofLabel);
        }
        return List.of(of(learned, labels), of(heldOut, labels));
    }

    private static TrainingSet of(List<LabelledImage> images, List<String> labels) {
        return new TrainingSet(
                labels,
                images,
                images.stream().map(image -> labels.indexOf(image.label())).toList());
    }
}
