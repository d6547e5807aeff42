// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.process.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanFileTest {
    private static final String GOOD =
            """
            fallback: rest
            fractions:
              glass:
                name: { en: Glass, id: Kaca }
                advice: { en: Rinse it., id: Bilas. }
                labels: [green-glass, white-glass]
                lane: left
                leastConfidence: 0.6
                leastGap: 0.2
              rest:
                name: { en: Rest, id: Sisa }
                advice: { en: Leave it., id: Biarkan. }
                lane: end
                leastConfidence: 0
                leastGap: 0
            """;

    @TempDir
    private Path folder;

    @Test
    void planHasItsFilesNameAndTheFirstDigitsOfItsDigest() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("two.yaml"), "abc");
        Files.writeString(file, GOOD);

        // When
        var edition = PlanFile.read(file).edition();

        // Then
        assertThat(edition.name()).isEqualTo("two");
        assertThat(edition.edition()).isEqualTo(PlanFile.editionOf(GOOD.getBytes(StandardCharsets.UTF_8)));
        assertThat(edition.plan().fractions().keySet()).containsExactly("glass", "rest");
        assertThat(edition.plan().fractions().get("glass").name().id()).isEqualTo("Kaca");
    }

    @Test
    void editionIsWhatSha256sumSays() {
        // Given
        byte[] abc = "abc".getBytes(StandardCharsets.UTF_8);

        // When
        var edition = PlanFile.editionOf(abc);

        // Then
        assertThat(edition).isEqualTo("ba7816bf8f01");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    lane: left              | line: left               | :3:3:  | fractions.glass.lane: is missing
                    lane: left              | "lane: left\\n    colour: red" | :8:5: | fractions.glass.colour: unknown key, known are [advice, labels, lane, leastConfidence, leastGap, name]
                    lane: left              | "lane: left\\n    lane: right" | :8: | Duplicate field 'lane'
                    fallback: rest          | "fallback: rest\\nfallback: glass" | :2: | Duplicate field 'fallback'
                    lane: end               | "lane: end\\n    labels: [white-glass]" | :14:14: | fractions.rest.labels.0: label 'white-glass' is in fraction 'glass' already
                    white-glass]            | green-glass]             | :6:27: | fractions.glass.labels.1: label 'green-glass' is in fraction 'glass' already
                    [green-glass, white-glass] | []                    | :3:3:  | fractions.glass: has no labels: only the fallback, here 'rest', may be without
                    white-glass]            | empty]                   | :6:27: | fractions.glass.labels.1: 'empty' means a belt without an item: leave it out
                    white-glass]            | ~]                       | :6:27: | fractions.glass.labels.1: a value is missing
                    leastConfidence: 0.6    | leastConfidence: 60      | :8:5:  | fractions.glass.leastConfidence: leastConfidence is 60.0: must be from 0 to 1
                    leastGap: 0.2           | leastGap: -0.2           | :9:5:  | fractions.glass.leastGap: leastGap is -0.2: must be from 0 to 1
                    leastGap: 0.2           | leastGap: .nan           | :9:19: | Malformed numeric value '.nan'
                    leastGap: 0.2           | leastGap: small          | :9:5:  | fractions.glass.leastGap: Cannot deserialize
                    leastConfidence: 0.6    | ""                       | :3:3:  | fractions.glass.leastConfidence: is missing
                    id: Kaca                | "id: Kaca, fr: Verre"    | :4:34: | fractions.glass.name.fr: unknown key, known are [en, id]
                    ", id: Kaca"            | ""                       | :4:5:  | fractions.glass.name.id: is missing
                    ", id: Bilas."          | ", id: ' '"              | :5:30: | fractions.glass.advice.id: id is blank
                    "advice: { en: Rinse it., id: Bilas. }" | ""       | :3:3:  | fractions.glass.advice: is missing
                    fallback: rest          | fallback: other          | :1:1:  | fallback: there is no fraction 'other': there are [glass, rest]
                    fallback: rest          | ""                       | :2:1:  | fallback: is missing
                    lane: left              | lane:                    | :7:5:  | fractions.glass.lane: a value is missing
                    fallback: rest          | "fallback: rest\nname: two" | :2:1: | name: unknown key, known are [fallback, fractions, leastFamiliarity]
                    fallback: rest          | "fallback: rest\nleastFamiliarity: 5" | :2:1: | leastFamiliarity: is 5.0: must be from 0 to 1
                    "name: { en: Glass"     | "name: { en: [Glass"     | :4:    | expected
                    """)
    void mistakeIsToldWithItsPlaceInOneLine(String right, String wrong, String place, String problem)
            throws IOException {
        // Given
        Path file = Files.writeString(
                folder.resolve("two.yaml"), GOOD.replaceFirst(Pattern.quote(right), wrong.replace("\\n", "\n")));

        // When
        var reading = assertThatThrownBy(() -> PlanFile.read(file));

        // Then
        reading.isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith(file + place)
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''              | No content to map due to end-of-input
                    'fractions: {}' | fallback: is missing
                    '[]'            | Cannot deserialize
                    '\t'            | cannot start any token
                    """)
    void fileThatIsNoPlanIsToldInOneLine(String text, String problem) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("two.yaml"), text);

        // When
        var reading = assertThatThrownBy(() -> PlanFile.read(file));

        // Then
        reading.isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith(file + ":1:")
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void planWithoutFractionsIsRefused() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("two.yaml"), "fallback: rest\nfractions: {}\n");

        // When
        var reading = assertThatThrownBy(() -> PlanFile.read(file));

        // Then
        reading.hasMessage(file + ":2:1: fractions: a plan has at least one fraction");
    }

    @Test
    void binaryFileIsRefused() throws IOException {
        // Given
        Path file = Files.write(folder.resolve("two.yaml"), new byte[] {'a', 0, 'b'});

        // When
        var reading = assertThatThrownBy(() -> PlanFile.read(file));

        // Then
        reading.isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith(file + ":1:1: ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void otherEncodingIsRefused() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("two.yaml"), "# für Glas\n" + GOOD, StandardCharsets.ISO_8859_1);

        // When
        var reading = assertThatThrownBy(() -> PlanFile.read(file));

        // Then
        reading.hasMessage("%s is not UTF-8 text: save it as UTF-8", file);
    }

    @Test
    void fileWhoseNameCannotBeAPlansIsRefused() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("my plan.yaml"), GOOD);

        // When
        var reading = assertThatThrownBy(() -> PlanFile.read(file));

        // Then
        reading.isInstanceOf(CommandFailure.class)
                .hasMessageContaining("the plan's name is 'my plan'")
                .hasMessageEndingWith("rename the file");
    }

    @Test
    void missingFileIsNamed() {
        // Given
        Path nowhere = folder.resolve("nowhere.yaml");

        // When
        var reading = assertThatThrownBy(() -> PlanFile.read(nowhere));

        // Then
        reading.hasMessage("no plan file at " + nowhere);
    }
}
