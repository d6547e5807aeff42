// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import java.io.Serial;

/** A JPEG's data are damaged. Has no stack trace: one may come with every frame. */
final class DamageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final String damage;

    /** @param damage what is damaged, for people */
    DamageException(String damage) {
        super(damage, null, false, false);
        this.damage = damage;
    }

    String damage() {
        return damage;
    }
}
