// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

/** What was decided about an item. There are no others within v1: what is done about one that a reader does not know would be a guess. */
public enum Decision {
    /** Sure enough, in time: the lane's ejector fires. */
    SORT,
    /** The gap between the two most probable fractions is too small to choose: the item runs on to the residual lane. */
    AMBIGUOUS,
    /** The most probable fraction is not probable enough, or the item is unlike anything that the model was trained on: it runs on to the residual lane. */
    UNCERTAIN,
    /** The answer came, or could only have come, after the ejector's deadline: the item runs on to the residual lane. */
    LATE,
    /** The image could not be read: the item runs on to the residual lane. */
    UNREADABLE
}
