// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.trainer.pictures.FurtherPictures;
import java.nio.file.Path;
import java.util.List;

/**
 * Pictures of another origin than the training data, that are to have a share of their own in each batch.
 *
 * @param folder a folder of class folders
 * @param share of each batch, above 0 and below 1
 * @param labels those of its class folders that are taken, each of which the training data has, too; none for all of them
 */
public record FurtherSource(Path folder, double share, List<String> labels) {
    public FurtherSource {
        FurtherPictures.requireShare(share);
        labels = List.copyOf(labels);
    }
}
