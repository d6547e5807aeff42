// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sortline.process.CommandFailure;
import dev.sortline.sorting.SortingPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a file is when the power went while it was written: empty, zeros, or its beginning. */
class HalfWrittenFilesTest {
    private static final Path PLANS = Path.of("..", "plans");
    private static final Path LINE_FILE = Path.of("..", "samples", "line.yaml");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("plans")
    void beginningOfAPlanIsRefusedInOneLineOrSortsAsTheWhole(Path plan) throws IOException {
        // Given
        String text = Files.readString(plan);
        SortingPlan whole = PlanFile.read(plan).edition().plan();
        List<SortingPlan> others = new ArrayList<>();

        // When
        for (int end : ends(text)) {
            Path cut = Files.writeString(folder.resolve("cut.yaml"), text.substring(0, end));
            try {
                SortingPlan read = PlanFile.read(cut).edition().plan();
                if (!read.equals(whole)) {
                    others.add(read);
                }
            } catch (CommandFailure e) {
                Refusals.assertOneShortLine(e);
                assertThat(e).hasMessageContaining(cut.toString());
            }
        }

        // Then
        assertThat(others).isEmpty();
    }

    @Test
    void planOfNothingOrOfZerosIsRefusedInOneLineThatNamesIt() throws IOException {
        // Given
        Path empty = Files.createFile(folder.resolve("empty.yaml"));
        Path zeros = Files.write(folder.resolve("zeros.yaml"), new byte[4096]);

        // When
        var refusals = List.of(refusal(() -> PlanFile.read(empty)), refusal(() -> PlanFile.read(zeros)));

        // Then
        assertThat(refusals).allSatisfy(Refusals::assertOneShortLine);
        assertThat(refusals.get(0)).hasMessageContaining(empty.toString());
        assertThat(refusals.get(1)).hasMessageContaining(zeros.toString());
    }

    @Test
    void lineFileOfNothingOfZerosOrOfItsFirstHalfIsRefusedInOneLineThatNamesIt() throws IOException {
        // Given
        String text = Files.readString(LINE_FILE);
        Path empty = Files.createFile(folder.resolve("empty.yaml"));
        Path zeros = Files.write(folder.resolve("zeros.yaml"), new byte[4096]);
        Path half = Files.writeString(
                folder.resolve("half.yaml"), text.substring(0, text.indexOf("\nlines:")), StandardCharsets.UTF_8);

        // When
        var refusals = Stream.of(empty, zeros, half)
                .map(file -> refusal(() -> LineFile.load(file, Map.of())))
                .toList();

        // Then
        assertThat(refusals).allSatisfy(Refusals::assertOneShortLine);
        assertThat(refusals.get(0)).hasMessageContaining(empty.toString());
        assertThat(refusals.get(1)).hasMessageContaining(zeros.toString());
        assertThat(refusals.get(2)).hasMessageContaining(half + ":").hasMessageContaining("lines: is missing");
    }

    private static CommandFailure refusal(Runnable reading) {
        return catchThrowableOfType(CommandFailure.class, reading::run);
    }

    /** Behind each line, and within it. */
    private static List<Integer> ends(String text) {
        List<Integer> ends = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from) + 1;
            ends.add((from + end) / 2);
            ends.add(end - 1);
            ends.add(end);
            from = end;
        }
        return ends;
    }

    static List<Path> plans() throws IOException {
        try (Stream<Path> files = Files.list(PLANS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}
