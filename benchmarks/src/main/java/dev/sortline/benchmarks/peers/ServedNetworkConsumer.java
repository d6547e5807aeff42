// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.classifier.model.ModelPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.TensorFlow;

/**
 * The network as a service: a consumer that reads pictures with OpenCV and asks {@link NetworkServer}, a process of its own with TensorFlow
 * in float32, over HTTP on loopback, with the requests at the same time and the batches that are best on this machine. Each answer is published.
 */
public final class ServedNetworkConsumer {
    private ServedNetworkConsumer() {}

    /** Arguments: those of {@code PeerOrder}. */
    public static void main(String... args) throws Exception {
        Path folder = Files.createTempDirectory("sortline-served-");
        try {
            ResultLine.print(run(PeerOrder.of(args), folder));
        } finally {
            for (String said : new String[] {"network-server.out", "network-server.err"}) {
                Files.deleteIfExists(folder.resolve(said));
            }
            Files.deleteIfExists(folder);
        }
    }

    /** @param folder where what the server says goes */
    static PeerSpeed run(PeerOrder order, Path folder) throws Exception {
        ModelPackage model = order.model();
        return PublishingConsumer.run(
                order,
                PeerSetup.asking("float32"),
                setup -> RemoteNetwork.start(model.folder().toAbsolutePath(), folder),
                new OpenCvReader(order.inputSize(), model.manifest().scaling()),
                "TensorFlow behind HTTP",
                TensorFlow.version(),
                "OpenCV " + OpenCvReader.version());
    }
}
