// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.engine;

import dev.sortline.classifier.model.Familiarity;
import dev.sortline.classifier.model.ModelPackageException;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A package's network as an engine has loaded it: pixels in, scores out. It knows neither images nor labels.
 *
 * <p>Safe for use by any number of threads at once; holds native memory until {@link #close}, which must come after the last call has ended.
 */
public interface LoadedNetwork extends AutoCloseable {
    /** Whether it says how familiar a picture is: the output {@value Familiarity#OUTPUT}. */
    boolean tellsFamiliarity();

    /**
     * Runs the network once, on the calling thread.
     *
     * @param pictures at least one: direct buffers in the machine's byte order with {@code size * size * 3} values each from their first to
     *     their last, rows first, RGB, in the range that the network was trained on; only read, and only until the call returns
     * @return a row a picture, in the same order, all of the same length: the score of each label, and last, where {@link #tellsFamiliarity}, the
     *     picture's familiarity, on a scale of the network's own
     * @throws ModelPackageException if the network fails on them, or answers with anything but a row of scores a picture
     */
    float[][] scores(List<FloatBuffer> pictures);

    @Override
    void close();
}
