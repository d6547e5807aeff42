// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.classifier.model.Familiarity;
import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;

/** A model package's network in TensorFlow as its documents show it, float32. */
final class SavedModelNetwork implements PeerNetwork {
    private final SavedModelBundle bundle;
    private final int size;
    private final String input;
    private final String output;

    SavedModelNetwork(ModelPackage model) {
        ModelManifest manifest = model.manifest();
        bundle = SavedModelBundle.load(model.folder().toString(), "serve");
        size = manifest.inputSize();
        SignatureDef signature = bundle.metaGraphDef().getSignatureDefOrThrow("serving_default");
        input = signature.getInputsMap().values().iterator().next().getName();
        output = signature.getOutputsMap().entrySet().stream()
                .filter(each -> !each.getKey().equals(Familiarity.OUTPUT))
                .findFirst()
                .orElseThrow()
                .getValue()
                .getName();
    }

    @Override
    public float[][] scores(FloatBuffer pixels, int pictures) {
        FloatBuffer scores = scores(Shape.of(pictures, size, size, 3), pixels);
        float[][] rows = new float[pictures][scores.remaining() / pictures];
        for (float[] row : rows) {
            scores.get(row);
        }
        return rows;
    }

    /**
     * The same from bytes to bytes.
     *
     * @param pixels float32 in the machine's order
     * @return the scores in the same order
     */
    byte[] answer(byte[] pixels) {
        int pictures = pixels.length / (3 * size * size * Float.BYTES);
        FloatBuffer scores = scores(
                Shape.of(pictures, size, size, 3),
                ByteBuffer.wrap(pixels).order(ByteOrder.nativeOrder()).asFloatBuffer());
        ByteBuffer answer =
                ByteBuffer.allocate(scores.remaining() * Float.BYTES).order(ByteOrder.nativeOrder());
        answer.asFloatBuffer().put(scores);
        return answer.array();
    }

    private FloatBuffer scores(Shape shape, FloatBuffer pixels) {
        try (TFloat32 images = TFloat32.tensorOf(shape, DataBuffers.of(pixels));
                Result result = bundle.session()
                        .runner()
                        .feed(input, images)
                        .fetch(output)
                        .run()) {
            TFloat32 scores = (TFloat32) result.get(0);
            float[] values = new float[Math.toIntExact(scores.size())];
            scores.asRawTensor().data().asFloats().read(values);
            return FloatBuffer.wrap(values);
        }
    }

    @Override
    public void close() {
        bundle.close();
    }
}
