// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import dev.sortline.classifier.engine.LoadedNetwork;
import dev.sortline.classifier.model.Familiarity;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a network as its package says. */
public final class AnswerReader {
    private final ModelPackage model;
    private final TemperedSoftmax softmax;
    private final Optional<Familiarity> scale;
    private final int values;

    /** @throws ModelPackageException if the package has a scale for familiarity, and the network does not tell it */
    public AnswerReader(ModelPackage model, LoadedNetwork network) {
        this.model = model;
        this.softmax =
                new TemperedSoftmax(model.manifest().output(), model.manifest().calibration());
        this.scale = model.manifest().familiarity();
        this.values = model.labels().size() + (network.tellsFamiliarity() ? 1 : 0);
        if (scale.isPresent() && !network.tellsFamiliarity()) {
            throw new ModelPackageException(
                    "%s has familiarityQuantiles, but the network does not tell how familiar a picture is: run sortline model familiarize"
                            .formatted(model.folder().resolve(ModelPackage.MANIFEST_FILE)));
        }
    }

    /**
     * Calibrated probabilities, in the order of the model's labels.
     *
     * @throws ModelPackageException if the row has not one score a label
     */
    public float[] probabilities(float[] row) {
        if (row.length != values) {
            throw new ModelPackageException("%s has %d labels, but the network gives %d scores: correct it"
                    .formatted(
                            model.folder().resolve(ModelPackage.LABELS_FILE),
                            model.labels().size(),
                            row.length - (values - model.labels().size())));
        }
        return softmax.probabilities(Arrays.copyOf(row, model.labels().size()), familiarity(row));
    }

    /** How familiar the picture is, 0..1; absent where the network does not tell, or the package has no scale for it. */
    public @Nullable Double familiarity(float[] row) {
        return scale.isPresent() ? Double.valueOf(scale.get().of(row[values - 1])) : null;
    }
}
