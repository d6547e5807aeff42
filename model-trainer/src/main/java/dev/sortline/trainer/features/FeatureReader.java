// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.features;

import dev.sortline.trainer.packages.SavedModelFile;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Runs a package's network as far as its features. Belongs to one thread. */
public final class FeatureReader implements AutoCloseable {
    private final SavedModelBundle bundle;
    private final String input;
    private final String features;
    private final int size;

    /**
     * Loads the network.
     *
     * @param folder of a package
     * @param size width and height of the network's input in pixels
     * @throws TrainingInputException if the network does not end in a dense layer that can be seen
     * @throws IOException if the disk fails
     */
    public FeatureReader(Path folder, int size) throws IOException {
        this.features = FamiliarityOutput.features(folder);
        this.size = size;
        this.bundle = SavedModelBundle.load(folder.toString(), SavedModelFile.SERVING_TAG);
        this.input = bundle.metaGraphDef()
                .getSignatureDefOrThrow(SavedModelFile.SIGNATURE)
                .getInputsMap()
                .values()
                .iterator()
                .next()
                .getName();
    }

    /** The features of a picture, {@code size * size * 3} values as the network gets them. */
    public float[] of(FloatBuffer picture) {
        float[] values = new float[3 * size * size];
        picture.duplicate().get(values);
        try (TFloat32 pixels = TFloat32.tensorOf(Shape.of(1, size, size, 3))) {
            pixels.asRawTensor().data().asFloats().write(values);
            try (Result result = bundle.session()
                    .runner()
                    .feed(input, pixels)
                    .fetch(features)
                    .run()) {
                float[] read = new float[Math.toIntExact(result.get(0).shape().size())];
                result.get(0).asRawTensor().data().asFloats().read(read);
                return read;
            }
        }
    }

    @Override
    public void close() {
        bundle.close();
    }
}
