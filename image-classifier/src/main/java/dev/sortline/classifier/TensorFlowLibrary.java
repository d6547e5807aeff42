// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import org.tensorflow.TensorFlow;

/** Loads TensorFlow's native library, or says in a line why it cannot be had here. */
final class TensorFlowLibrary {
    private TensorFlowLibrary() {}

    /** @throws ModelPackageException if TensorFlow cannot run on this machine; says what to do */
    static void require() {
        if (Processor.here().lacksAvx()) {
            throw new ModelPackageException(
                    "this processor has no AVX, which TensorFlow needs: take a machine that has, or give the virtual machine its host's processor");
        }
        try {
            var unused = TensorFlow.version();
        } catch (LinkageError e) {
            throw new ModelPackageException(sentence(rootMessage(e), platform()), e);
        }
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
