// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.sortline.process.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An editor that goes by the schema of plans takes and refuses what the program does. */
class PlanFileSchemaTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final String GOOD =
            """
            fallback: glass
            fractions:
              glass:
                name: { en: Glass, id: Kaca }
                advice: { en: Rinse it., id: Bilas. }
                labels: [green-glass]
                lane: left
                leastConfidence: 0.6
                leastGap: 0.2
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {"six-fractions", "twelve-fractions", "glass-by-colour", "organic-inorganic", "bottles-and-cans"})
    void shippedPlanIsTaken(String name) throws IOException {
        // Given
        String plan = Files.readString(ROOT.resolve("plans").resolve(name + ".yaml"));

        // When
        Collection<?> mistakes = mistakes(plan);

        // Then
        assertThat(mistakes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    leastConfidence: 0.6 | leastConfidence: 0        | true
                    leastConfidence: 0.6 | leastConfidence: 1        | true
                    leastConfidence: 0.6 | leastConfidence: -0.001   | false
                    leastConfidence: 0.6 | leastConfidence: 1.001    | false
                    leastGap: 0.2        | leastGap: 0               | true
                    leastGap: 0.2        | leastGap: 1               | true
                    leastGap: 0.2        | leastGap: -0.001          | false
                    leastGap: 0.2        | leastGap: 1.001           | false
                    leastGap: 0.2        | leastGap: sure            | false
                    leastGap: 0.2        | ""                        | false
                    labels: [green-glass] | labels: []               | true
                    labels: [green-glass] | labels:                  | true
                    labels: [green-glass] | ""                       | true
                    labels: [green-glass] | labels: [~]              | false
                    labels: [green-glass] | labels: green-glass      | false
                    lane: left           | "lane: ''"                | false
                    lane: left           | lane:                     | false
                    en: Glass, id: Kaca  | en: Glass                 | false
                    en: Glass, id: Kaca  | "en: Glass, id: ''"       | false
                    fallback: glass      | ""                        | false
                    fallback: glass      | "fallback: glass\nnotes: none" | false
                    """)
    void schemaAndProgramAgree(String right, String other, boolean taken) throws IOException {
        // Given
        String plan = GOOD.replace(right, other);

        // When
        Collection<?> mistakes = mistakes(plan);

        // Then
        assertThat(mistakes.isEmpty()).isEqualTo(taken);
        assertThat(isTaken(plan)).isEqualTo(taken);
    }

    private static boolean isTaken(String plan) {
        try {
            PlanFile.of(Path.of("glass.yaml"), plan.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (CommandFailure e) {
            return false;
        }
    }

    private static Collection<?> mistakes(String plan) throws IOException {
        String text = Files.readString(ROOT.resolve("samples/plan.schema.json"));
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(text);
        return schema.validate(YamlFile.YAML.readTree(plan));
    }
}
