// SPDX-License-Identifier: Apache-2.0
package dev.sortline.reviews;

/**
 * What an export came to.
 *
 * @param pictures how many the folder holds now
 * @param written how many of them are new
 * @param moved how many went to another label's folder
 * @param removed how many are gone, because what was said of them was taken back
 * @param severalItems items left out because their pictures show several
 * @param unlabelled items left out because nobody has said anything of them
 * @param unreadable records left out because nothing can be made of them
 */
public record ExportSummary(
        int pictures, int written, int moved, int removed, int severalItems, int unlabelled, int unreadable) {
    /** In one line for a person. */
    @Override
    public String toString() {
        return "%d pictures: %d new, %d moved to another label, %d removed; left out: %d with several items, %d without a label, %d unreadable"
                .formatted(pictures, written, moved, removed, severalItems, unlabelled, unreadable);
    }
}
