// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.features;

/**
 * Where features lie: those of the things that a network knows, and those of others. Features are brought to length 1, projected onto a few
 * directions and scaled so that they spread alike in all of these within a class.
 *
 * @param directions onto which features are projected, at least 1
 * @param projection a row a feature, {@code directions} wide
 * @param offsets what is added after the projection, one a direction
 * @param centres of the known classes, a row each, {@code directions} wide; at least one
 * @param others centres of things that are no label, likewise; may be none
 */
@SuppressWarnings("ArrayRecordComponent")
public record KnownFeatures(int directions, float[] projection, float[] offsets, float[] centres, float[] others) {
    /**
     * How much nearness to other things counts. At 1 only which of the two is nearer would, and what is far from both would be known as often
     * as not; at 0 only how far the known things are.
     */
    public static final float OTHERS_WEIGHT = 0.9f;
}
