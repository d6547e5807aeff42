// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.writing;

import java.util.List;

/** Rows for a terminal: columns of fixed widths with a blank between them. Immutable. */
public final class TextTable {
    private final List<Column> columns;

    private TextTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * How a column stands.
     *
     * @param width in characters, at least 1
     * @param left whether its cells begin at its left edge; if not, they end at its right one
     * @param cut whether what is longer than the column is cut; if not, it moves the rest of the row
     */
    public record Column(int width, boolean left, boolean cut) {
        public Column {
            if (width < 1) {
                throw new IllegalArgumentException("width is %d: must be at least 1".formatted(width));
            }
        }

        /** For words. */
        public static Column left(int width) {
            return new Column(width, true, false);
        }

        /** For numbers. */
        public static Column right(int width) {
            return new Column(width, false, false);
        }

        /** This column, with what is longer cut. */
        public Column cutting() {
            return new Column(width, left, true);
        }

        private String cell(String text) {
            String shown = cut && text.length() > width ? text.substring(0, width) : text;
            String blanks = " ".repeat(Math.max(0, width - shown.length()));
            return left ? shown + blanks : blanks + shown;
        }
    }

    /** A table of these columns. */
    public static TextTable of(List<Column> columns) {
        return new TextTable(columns);
    }

    /**
     * One row, or the head.
     *
     * @param cells a text a column
     * @throws IllegalArgumentException if there are more or fewer
     */
    public String row(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "%d cells for %d columns: %s".formatted(cells.size(), columns.size(), cells));
        }
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            row.append(i == 0 ? "" : " ").append(columns.get(i).cell(cells.get(i)));
        }
        return row.toString();
    }
}
