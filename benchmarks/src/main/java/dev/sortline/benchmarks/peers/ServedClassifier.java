// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.classifier.network.InferenceTuning;
import dev.sortline.contract.Topic;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The classifier as {@code sortline classify} opens and uses it. What else is measured without Kafka goes through here, so that it always
 * has the same precision, batches and threads.
 *
 * @param classifier to be closed by the caller
 * @param batch most pictures that the network gets at once
 * @param threads that decode pictures and wait for their answers
 */
record ServedClassifier(ImageClassifier classifier, int batch, int threads) implements AutoCloseable {

    /**
     * Opens it.
     *
     * @param inference what is set of how the network is run, as a line file's section of that name has it, in JSON
     */
    static ServedClassifier open(Path model, String inference) throws IOException {
        ImageClassifier classifier = ImageClassifier.open(
                ModelPackage.load(model),
                ImageBounds.DEFAULT,
                new JsonMapper().readValue(inference, InferenceSettings.class));
        InferenceTuning tuning = classifier.tuning();
        return new ServedClassifier(classifier, tuning.batch(), Topic.PARTITIONS);
    }

    @Override
    public void close() {
        classifier.close();
    }
}
