// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.progress;

import java.nio.file.Path;

/** Hears how long work goes on. Called on the working thread. */
public interface ProgressListener {

    /** Tells nobody. */
    ProgressListener SILENT = new ProgressListener() {
        @Override
        public void begin(String stage, long steps) {}

        @Override
        public void step(String note) {}

        @Override
        public void end() {}

        @Override
        public void skipped(Path image, String reason) {}

        @Override
        public void note(String line) {}
    };

    /** A stage begins. {@code steps} is how many calls of {@link #step} it will take. */
    void begin(String stage, long steps);

    /** One step is done; {@code note} says how things stand, and may be empty. */
    void step(String note);

    /** The stage is over. */
    void end();

    /** An image cannot be read and is left out. */
    void skipped(Path image, String reason);

    /** Something worth a line of its own. */
    void note(String line);
}
