// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.stream.flight.Flight;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a record before it is processed.
 *
 * @param admission what is made of it
 * @param look its way through the network, where it is looked at
 * @param isAlone whether those behind it wait for that
 */
record AdmittedFrame(Admission admission, @Nullable FrameLook look, boolean isAlone) implements Flight {
    @Override
    public boolean isDone() {
        return look == null || look.isDone();
    }

    @Override
    public void abandon() {
        if (look != null) {
            look.abandon();
        }
    }
}
