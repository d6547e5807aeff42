// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo.belt;

/**
 * The shots of one lane's ejectors whose air has passed.
 *
 * @param fired all of them
 * @param hitNothing those that blew no item off the belt
 */
public record ShotCount(long fired, long hitNothing) {
    /** No shots. */
    public static final ShotCount NONE = new ShotCount(0, 0);

    public ShotCount {
        if (hitNothing < 0 || fired < hitNothing) {
            throw new IllegalArgumentException(
                    "hitNothing is %d: must be from 0 to the %d that were fired".formatted(hitNothing, fired));
        }
    }

    /** Both together. */
    public ShotCount plus(ShotCount other) {
        return new ShotCount(fired + other.fired, hitNothing + other.hitNothing);
    }
}
