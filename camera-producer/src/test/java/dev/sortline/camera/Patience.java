// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets all tests of this module wait for longer than Awaitility's ten seconds: who has two cores for much else is slow, and not wrong. */
public final class Patience implements BeforeAllCallback {
    private static final Duration WITHIN = Duration.ofSeconds(40);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(WITHIN);
    }
}
