// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.runtime;

import dev.sortline.classifier.model.ModelPackageException;
import java.util.List;
import java.util.function.Supplier;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;

/** Loads TensorFlow's native library, or says in a line why it cannot be had here; keeps what it tells of itself from the user. */
public final class TensorFlowLibrary {
    private static final List<String> CHATTER = List.of(
            "absl::InitializeLog()",
            "I0000 ",
            ": I tensorflow/",
            "rebuild TensorFlow with",
            "INFO: Created TensorFlow Lite",
            // What is wrong with a file is told by us.
            "ERROR: The model is not a valid Flatbuffer",
            "ERROR: Model provided has model identifier");

    private static boolean loaded;

    private TensorFlowLibrary() {}

    /**
     * Call it before anything else of TensorFlow's. Blocks for a second or two the first time; later calls do nothing.
     *
     * @param threads of TensorFlow's one pool in this process, which its first session sizes; 0 for all processors
     * @throws ModelPackageException if TensorFlow cannot run on this machine; says what to do
     */
    public static synchronized void require(int threads) {
        if (loaded) {
            return;
        }
        if (Processor.here().lacksAvx()) {
            throw new ModelPackageException(
                    "this processor has no AVX, which TensorFlow needs: take a machine that has, or give the virtual machine its host's processor");
        }
        try {
            loaded = quietly(() -> runOnce(threads));
        } catch (LinkageError e) {
            throw new ModelPackageException(sentence(rootMessage(e), platform()), e);
        }
    }

    /** Does what TensorFlow, or TensorFlow Lite, accompanies with lines about itself; what others write meanwhile comes through. */
    public static <T> T quietly(Supplier<T> work) {
        return StandardError.withoutLines(TensorFlowLibrary::isChatter, work);
    }

    /** TensorFlow tells of processor and build when it is loaded and at the first run of a process. */
    private static boolean runOnce(int threads) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            String one = tf.math.add(tf.constant(0), tf.constant(1)).op().name();
            try (Session session = new Session(
                    graph,
                    ConfigProto.newBuilder()
                            .setIntraOpParallelismThreads(threads)
                            .build())) {
                session.runner().fetch(one).run().close();
            }
            return true;
        }
    }

    static boolean isChatter(String line) {
        return CHATTER.stream().anyMatch(line::contains);
    }

    /**
     * What to do about a library that cannot be loaded.
     *
     * @param reason what the loader says
     * @param platform such as {@code Linux amd64}
     */
    static String sentence(String reason, String platform) {
        if (reason.contains("failed to map segment") || reason.contains("Operation not permitted")) {
            return "TensorFlow's library cannot be run from where it is unpacked, for that place is mounted noexec:"
                    + " name another in SORTLINE_JAVA_OPTS, -Dorg.bytedeco.javacpp.cachedir=DIR";
        }
        if (reason.contains("cache") || reason.contains("Read-only") || reason.contains("No space left")) {
            return "TensorFlow's library cannot be unpacked (" + cut(reason)
                    + "): name a folder that can be written to, with 1 GB free, in SORTLINE_JAVA_OPTS, -Dorg.bytedeco.javacpp.cachedir=DIR";
        }
        if (reason.contains("in java.library.path")) {
            return "there is no TensorFlow library for " + platform
                    + " here: build Sortline on this machine, or the distribution with -Pportable, which has Linux, macOS and Windows";
        }
        return "TensorFlow's library cannot be loaded on " + platform + ": " + cut(reason);
    }

    private static String cut(String reason) {
        String line = reason.lines().findFirst().orElse("");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private static String platform() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }
}
