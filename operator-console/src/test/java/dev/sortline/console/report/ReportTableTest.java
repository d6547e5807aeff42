// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.console.Events;
import dev.sortline.console.figures.ShiftReport;
import dev.sortline.contract.Decision;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTableTest {
    private static final Instant SIX = Instant.parse("2026-03-02T06:00:00Z");
    private static final String HEADER =
            "hour,line,fraction,items,hour_items,hour_unsure,hour_late,hour_unreadable,hour_mean_confidence\r\n";

    private final ShiftReport shift = new ShiftReport(SIX, SIX.plusSeconds(7200), Map.of("line-1", Events.PLAN));

    @Test
    void hasARowForEachHourAndFraction() {
        // Given
        shift.add(Events.glass("line-1", "a", SIX));
        shift.add(Events.unsureCanThatIs("can", "line-1", "b", SIX));

        // When
        String table = ReportTable.of(report());

        // Then
        assertThat(table)
                .isEqualTo(HEADER
                        + "2026-03-02T06:00:00Z,line-1,glass,1,2,1,0,0,0.6500\r\n"
                        + "2026-03-02T06:00:00Z,line-1,metal,1,2,1,0,0,0.6500\r\n"
                        + "2026-03-02T07:00:00Z,line-1,,0,0,0,0,0,\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=HYPERLINK(\"http://x\")", "+1", "-1+2", "@SUM(1)", "\t=1", "\r=1"})
    void whatWouldBeAFormulaIsText(String fraction) throws Exception {
        // Given
        shift.add(Events.event("line-1", "a", SIX, Decision.SORT, "can", fraction, "M", 0.9, null));

        // When
        String table = ReportTable.of(report());

        // Then
        assertThat(CSVParser.parse(table, CSVFormat.RFC4180).getRecords().get(1).get(2))
                .isEqualTo("'" + fraction);
    }

    private Report report() {
        return new Report(SIX, SIX.plusSeconds(7200), true, shift.lines(Instant.MAX, Set.of()));
    }
}
