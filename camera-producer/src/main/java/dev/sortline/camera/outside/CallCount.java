// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside;

import dev.sortline.camera.trigger.CallOutcome;

/** Counts calls from outside. May be called by any thread; must not block. */
public interface CallCount {
    /** A call has been answered. */
    void answered(CallOutcome.Fate fate);

    /** Something came that is no call. */
    void unreadable();

    /** The connection to whoever calls has ended, or could not be made. */
    void lost();
}
