// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.report;

import dev.sortline.console.figures.LineReport;
import dev.sortline.console.figures.LineReport.Hour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * A report as CSV (RFC 4180): a row an hour, line and fraction, and one without a fraction for an hour that has none. Numbers have a dot and no
 * thousands. What begins like a formula gets an apostrophe before it, so that no spreadsheet runs it (OWASP, "CSV Injection").
 */
final class ReportTable {
    private static final String[] HEADER = {
        "hour",
        "line",
        "fraction",
        "items",
        "hour_items",
        "hour_unsure",
        "hour_late",
        "hour_unreadable",
        "hour_mean_confidence"
    };

    private static final String FORMULA_BEGINS = "=+-@\t\r\n";

    private ReportTable() {}

    static String of(Report report) {
        var text = new StringBuilder();
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader(HEADER).get();
        try (var rows = new CSVPrinter(text, format)) {
            for (LineReport line : report.lines()) {
                for (Hour hour : line.hours()) {
                    print(rows, line.line(), hour);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory takes everything", e);
        }
        return text.toString();
    }

    private static void print(CSVPrinter rows, String line, Hour hour) throws IOException {
        Map<String, Long> fractions = hour.fractions().isEmpty() ? Map.of("", 0L) : hour.fractions();
        for (var fraction : fractions.entrySet()) {
            rows.printRecord(
                    hour.hour(),
                    harmless(line),
                    harmless(fraction.getKey()),
                    fraction.getValue(),
                    hour.items(),
                    hour.unsure(),
                    hour.late(),
                    hour.unreadable(),
                    number(hour.meanConfidence()));
        }
    }

    private static String harmless(String text) {
        boolean formula = !text.isEmpty() && FORMULA_BEGINS.indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }

    private static String number(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
    }
}
