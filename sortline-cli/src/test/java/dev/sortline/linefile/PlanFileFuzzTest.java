// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sortline.process.CommandFailure;
import dev.sortline.sorting.SortingPlan;
import java.nio.file.Path;

class PlanFileFuzzTest {
    private static final Path FILE = Path.of("plan.yaml");

    @FuzzTest
    @DictionaryEntries({
        "fallback: ",
        "fractions:\\x0A",
        "name: { en: ",
        "labels: [",
        "lane: ",
        "leastConfidence: ",
        "leastGap: ",
        "&a ",
        "*a",
        "<<: ",
        "!!java.net.URL ",
        ".nan",
        "1e999999999",
        "? "
    })
    void isRefusedInOneShortLineOrSendsEachLabelToALane(byte[] file) {
        // When
        SortingPlan plan;
        try {
            plan = PlanFile.of(FILE, file).edition().plan();
        } catch (CommandFailure refusal) {
            // Then
            Refusals.assertOneShortLine(refusal);
            return;
        }

        // Then
        assertThat(plan.laneOf("a label that no fraction names")).isNotBlank();
        plan.fractions().forEach((id, fraction) -> {
            assertThat(fraction.labels())
                    .allSatisfy(label -> assertThat(plan.fractionOf(label)).isEqualTo(id));
            assertThat(fraction.lane()).isNotBlank();
            assertThat(fraction.name().en()).isNotNull();
            assertThat(fraction.leastConfidence()).isBetween(0.0, 1.0);
            assertThat(fraction.leastGap()).isBetween(0.0, 1.0);
        });
    }
}
