// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.writing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A section of a model card between two comments, by which it is found again and renewed. */
public final class MarkedSection {
    /** What a person wrote stands last, after this. */
    public static final String NOTES = "<!-- notes -->\n";

    private MarkedSection() {}

    /**
     * Puts a section into a card, in the place of the one between these comments, or before a person's notes.
     *
     * @param card the file, which need not be there yet
     * @param title of a card that is not there yet
     * @param begin what the comment before the section says
     * @param end what the comment after it says
     * @param section Markdown that ends in an empty line
     * @throws IOException if the disk fails; the card is as before
     */
    public static void put(Path card, String title, String begin, String end, String section) throws IOException {
        String text = Files.exists(card) ? Files.readString(card) : "# " + title + "\n\n" + NOTES;
        WholeFile.write(card, put(text, begin, end, section));
    }

    /** What a person wrote at the end of a card; empty where there is nothing. */
    public static String notes(String card) {
        int at = card.indexOf(NOTES);
        return at < 0 ? "" : card.substring(at + NOTES.length()).strip();
    }

    /** As {@link #put(Path, String, String, String, String)}, of a card's text. */
    public static String put(String card, String begin, String end, String section) {
        String before = "<!-- %s -->\n".formatted(begin);
        String after = "<!-- %s -->\n\n".formatted(end);
        String marked = before + section + after;
        int from = card.indexOf(before);
        int to = card.indexOf(after);
        if (from >= 0 && to > from) {
            return card.substring(0, from) + marked + card.substring(to + after.length());
        }
        if (card.contains(NOTES)) {
            return card.replace(NOTES, marked + NOTES);
        }
        return card.stripTrailing() + "\n\n" + marked;
    }
}
