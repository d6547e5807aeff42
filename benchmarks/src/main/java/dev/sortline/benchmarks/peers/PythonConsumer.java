// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The consumer that most would write, in Python with confluent-kafka, OpenCV and ONNX Runtime: the script {@value #SCRIPT} beside this class.
 * It takes the arguments of {@code PeerOrder} and answers as all peers do.
 */
public final class PythonConsumer {
    /** For people who have no Python that can run it. */
    public static final String HOW_TO_GET =
            "give --python PYTHON, one that has confluent-kafka, opencv-python-headless and onnxruntime";

    private static final String SCRIPT = "consumer.py";

    private PythonConsumer() {}

    /**
     * The program that runs it, without its arguments.
     *
     * @param python a Python with the libraries
     * @param folder where the script is put
     */
    public static List<String> command(Path python, Path folder) throws IOException {
        Path script = folder.resolve(SCRIPT);
        try (InputStream resource = PythonConsumer.class.getResourceAsStream(SCRIPT)) {
            if (resource == null) {
                throw new IllegalStateException(SCRIPT + " is missing beside its class");
            }
            Files.copy(resource, script, StandardCopyOption.REPLACE_EXISTING);
        }
        return List.of(python.toString(), script.toString());
    }
}
