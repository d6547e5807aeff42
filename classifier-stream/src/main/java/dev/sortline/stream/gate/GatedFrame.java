// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.gate;

import dev.sortline.classifier.integrity.CoarsePicture;
import dev.sortline.stream.gate.EmptyGate.Judgement;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One frame at the gate of its camera: asked by its coarse picture whether it is known to be empty, and told what the network says where it
 * is not. Belongs to the thread that looks at the frame.
 */
public final class GatedFrame implements Predicate<CoarsePicture> {
    private final EmptyGate gate;
    private final boolean answers;
    private @Nullable BeltView view;
    private @Nullable Judgement judgement;

    /** What became of a frame at the gate. */
    public enum Outcome {
        /** The gate answered it. */
        ANSWERED,
        /** The gate would have, and the network says so, too. */
        AGREED,
        /** The gate would have, and the network sees an item. */
        DISAGREED
    }

    GatedFrame(EmptyGate gate, boolean answers) {
        this.gate = gate;
        this.answers = answers;
    }

    /** Whether the gate answers the frame: it shows an empty belt. */
    @Override
    public boolean test(CoarsePicture picture) {
        view = BeltView.of(picture);
        judgement = gate.judge(view, answers);
        return judgement.isAnswered();
    }

    /**
     * The network has looked at the frame.
     *
     * @param empty whether it sees an empty belt
     * @param confidence of its answer, 0 to 1
     * @return what that makes of the frame; nothing where the gate did not know it
     */
    public Optional<Outcome> networkSays(boolean empty, double confidence) {
        if (view == null || judgement == null) {
            return Optional.empty();
        }
        boolean contradicts = gate.learn(view, judgement, empty, confidence);
        if (contradicts) {
            return Optional.of(Outcome.DISAGREED);
        }
        return judgement.isEmpty() && empty ? Optional.of(Outcome.AGREED) : Optional.empty();
    }
}
