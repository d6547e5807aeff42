// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.likeness;

import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.evaluation.figures.Prediction;
import dev.sortline.trainer.pictures.LabelledFolders;
import dev.sortline.trainer.pictures.LabelledPicture;
import dev.sortline.trainer.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pictures look like one that was trained on. Figures on them say what the model remembers, not what it can do.
 *
 * <p>Two pictures are alike if at most {@value #SAME_WAY_UP} of the 256 bits of their fingerprints differ, or at most
 * {@value #TURNED_OR_MIRRORED} after one of them was mirrored or turned by quarters: that gives chance seven times as many tries. On
 * TrashNet's 327 validation against its 1767 training pictures the bounds find six pairs, each the same item photographed twice; what is
 * alike by chance begins at 68 and 50 bits there. Between {@code samples/belt} and the 640 rendered pictures of training they find nothing;
 * there chance begins at 80. An item that was moved or turned between two photos is not found.
 *
 * @param pairs for each such picture the likest one that was trained on, by rising distance
 * @param notCompared pictures of either side that could not be read for this, or are too plain to be told apart
 * @param others pictures that were evaluated on and look like none, at least 0
 * @param othersRight how many of these were named rightly, 0..{@code others}
 */
public record NearDuplicates(List<NearDuplicate> pairs, int notCompared, int others, int othersRight) {
    static final int SAME_WAY_UP = 56;
    static final int TURNED_OR_MIRRORED = 40;

    public NearDuplicates {
        pairs = List.copyOf(pairs);
        if (notCompared < 0 || othersRight < 0 || othersRight > others) {
            throw new IllegalArgumentException(
                    "%d not compared, %d of %d right".formatted(notCompared, othersRight, others));
        }
    }

    /** Pairs whose pictures bear different labels. */
    public List<NearDuplicate> labelConflicts() {
        return pairs.stream().filter(NearDuplicate::labelsDiffer).toList();
    }

    private record Fingerprint(Path image, String label, PictureHash hash) {}

    /**
     * Compares every predicted picture with all that were trained on; those that cannot be read are told and counted.
     *
     * @throws IOException if the disk fails
     */
    public static NearDuplicates find(
            List<Prediction> predictions, LabelledFolders trainedOn, ProgressListener progress) throws IOException {
        List<Fingerprint> known = new ArrayList<>();
        List<NearDuplicate> pairs = new ArrayList<>();
        int notCompared = 0;
        progress.begin("comparing", (long) trainedOn.pictures().size() + predictions.size());
        try {
            for (LabelledPicture labelled : trainedOn.pictures()) {
                Optional<PictureHash> hash = hash(labelled.file(), progress);
                hash.ifPresent(bits -> known.add(new Fingerprint(labelled.file(), labelled.label(), bits)));
                notCompared += hash.isPresent() ? 0 : 1;
                progress.step("");
            }
            for (Prediction prediction : predictions) {
                Optional<PictureHash> hash = hash(prediction.image(), progress);
                hash.flatMap(bits -> likest(new Fingerprint(prediction.image(), prediction.truth(), bits), known))
                        .ifPresent(pairs::add);
                notCompared += hash.isPresent() ? 0 : 1;
                progress.step("");
            }
        } finally {
            progress.end();
        }
        pairs.sort(Comparator.comparingInt(NearDuplicate::distance).thenComparing(NearDuplicate::image));
        Set<Path> alike = new HashSet<>();
        pairs.forEach(pair -> alike.add(pair.image()));
        List<Prediction> others = predictions.stream()
                .filter(prediction -> !alike.contains(prediction.image()))
                .toList();
        int othersRight = (int) others.stream().filter(Prediction::right).count();
        return new NearDuplicates(pairs, notCompared, others.size(), othersRight);
    }

    private static Optional<PictureHash> hash(Path image, ProgressListener progress) throws IOException {
        try {
            return PictureHash.of(SmallPicture.read(image));
        } catch (UnreadableImageException e) {
            progress.note("not compared " + image + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<NearDuplicate> likest(Fingerprint picture, List<Fingerprint> known) {
        List<PictureHash> turned = picture.hash().turnedAndMirrored();
        @Nullable Fingerprint likest = null;
        int least = Integer.MAX_VALUE;
        for (Fingerprint candidate : known) {
            int distance = distance(picture.hash(), turned, candidate.hash());
            if (distance < least) {
                likest = candidate;
                least = distance;
            }
        }
        return likest == null
                ? Optional.empty()
                : Optional.of(
                        new NearDuplicate(picture.image(), picture.label(), likest.image(), likest.label(), least));
    }

    /** The least distance within the bounds, or {@link Integer#MAX_VALUE} where they are not alike. */
    private static int distance(PictureHash picture, List<PictureHash> turned, PictureHash candidate) {
        int distance = picture.distance(candidate);
        int least = distance <= SAME_WAY_UP ? distance : Integer.MAX_VALUE;
        for (PictureHash other : turned) {
            distance = other.distance(candidate);
            if (distance <= TURNED_OR_MIRRORED && distance < least) {
                least = distance;
            }
        }
        return least;
    }
}
