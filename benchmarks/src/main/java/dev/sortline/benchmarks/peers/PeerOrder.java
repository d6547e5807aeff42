// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.benchmarks.line.BeltPictures;
import dev.sortline.classifier.model.ModelPackage;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a publishing peer is to do.
 *
 * @param broker host and port
 * @param model the package whose network it runs
 * @param pictures folder of pictures to try setups on
 * @param trialFrames frames of each trial
 * @param warmUp frames that do not count
 * @param total frames with these
 * @param setup how to run; tried out where there is none
 */
record PeerOrder(
        String broker,
        ModelPackage model,
        Path pictures,
        int trialFrames,
        long warmUp,
        long total,
        @Nullable PeerSetup setup) {

    /** Of a peer's arguments: these in their order, the setup's parts last. */
    static PeerOrder of(String... arguments) {
        return new PeerOrder(
                arguments[0],
                ModelPackage.load(Path.of(arguments[1])),
                Path.of(arguments[2]),
                Integer.parseInt(arguments[3]),
                Long.parseLong(arguments[4]),
                Long.parseLong(arguments[5]),
                arguments.length == 6
                        ? null
                        : new PeerSetup(
                                arguments[6],
                                Integer.parseInt(arguments[7]),
                                Integer.parseInt(arguments[8]),
                                Integer.parseInt(arguments[9])));
    }

    /** Width and height of the network's input in pixels. */
    int inputSize() {
        return model.manifest().inputSize();
    }

    /** How to run: as is ordered, or the best of some. */
    PeerSetup setup(List<PeerSetup> setups, PeerSetup.Opening opening, PictureReader reader) throws Exception {
        return setup != null
                ? setup
                : PeerSetup.best(
                        setups,
                        opening,
                        reader,
                        inputSize(),
                        BeltPictures.of(pictures).files(),
                        trialFrames);
    }
}
