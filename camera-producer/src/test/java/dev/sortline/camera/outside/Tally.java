// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside;

import dev.sortline.camera.trigger.CallOutcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was counted, in its order. */
final class Tally implements CallCount {
    final List<String> counted = new CopyOnWriteArrayList<>();

    @Override
    public void answered(CallOutcome.Fate fate) {
        counted.add(fate.word());
    }

    @Override
    public void unreadable() {
        counted.add("unreadable");
    }

    @Override
    public void lost() {
        counted.add("lost");
    }
}
