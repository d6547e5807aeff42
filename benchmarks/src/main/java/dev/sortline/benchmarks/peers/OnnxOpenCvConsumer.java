// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.classifier.model.ModelPackage;
import java.util.ArrayList;
import java.util.List;

/**
 * The consumer with ONNX Runtime that a good engineer writes: OpenCV scales pictures while it decodes them, and the network runs in float32
 * or, where the package has it, in int8, in the batches and with the threads that are best on this machine. Each answer is published.
 */
public final class OnnxOpenCvConsumer {
    private static final String FLOAT32 = "float32";
    private static final String INT8 = "int8";

    private OnnxOpenCvConsumer() {}

    /** Arguments: those of {@code PeerOrder}. */
    public static void main(String... args) throws Exception {
        ResultLine.print(run(PeerOrder.of(args)));
    }

    static PeerSpeed run(PeerOrder order) throws Exception {
        ModelPackage model = order.model();
        List<PeerSetup> setups = new ArrayList<>(PeerSetup.sharingProcessors(FLOAT32));
        if (model.file(ModelPackage.INT8_FILE).isPresent()) {
            setups.addAll(PeerSetup.sharingProcessors(INT8));
        }
        return PublishingConsumer.run(
                order,
                setups,
                setup -> new OnnxNetwork(
                        model,
                        setup.precision().equals(INT8) ? ModelPackage.INT8_FILE : ModelPackage.ONNX_FILE,
                        setup.threadsARun()),
                new OpenCvReader(order.inputSize(), model.manifest().scaling()),
                "ONNX Runtime",
                OnnxNetwork.version(),
                "OpenCV " + OpenCvReader.version());
    }
}
