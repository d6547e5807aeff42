// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.model;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.contract.RoutingEvent;

/** A model in use for one frame: it is not closed before this is. Belongs to the thread that
 * has the frame in hand. */
public final class ModelUse implements AutoCloseable {
    private final ModelEdition edition;

    ModelUse(ModelEdition edition) {
        this.edition = edition;
    }

    /** Decodes and classifies the frame; the picture is to be closed before this is. */
    public ImageClassifier classifier() {
        return edition.classifier();
    }

    /** As what the frame says is told. */
    public RoutingEvent.Model model() {
        return edition.model();
    }

    @Override
    public void close() {
        edition.end();
    }
}
