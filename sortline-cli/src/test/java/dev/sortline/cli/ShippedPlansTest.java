// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.linefile.LineFile;
import dev.sortline.linefile.LinePlans;
import dev.sortline.linefile.PlanFile;
import dev.sortline.process.StopSignal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The plans under {@code plans/}, and what {@code sortline plan check} says of them. */
class ShippedPlansTest {
    private static final Path PLANS = Path.of("..", "plans");
    private static final String MODEL = "../models/waste-mobilenet-v2";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine sortline = Main.commandLine(new StopSignal())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    six-fractions     | Glass Kaca, Metal Logam, Plastic Plastik, Paper Kertas, Cardboard Kardus, Residue Residu | cardboard glass metal paper plastic trash
                    two-streams       | Paper and cardboard Kertas dan kardus, Containers Wadah, Residue Residu | cardboard glass metal paper plastic trash
                    organic-inorganic | Organic Organik, Inorganic Anorganik | biological
                    bottles-and-cans  | Glass bottle Botol Kaca, Plastic bottle Botol Plastik, Can Kaleng, Other Lainnya | can glass-bottle plastic-bottle
                    """)
    void foldsTheLabelsThatItIsMadeFor(String plan, String names, String labels) {
        // Given
        Path file = PLANS.resolve(plan + ".yaml");

        // When
        var read = PlanFile.read(file).edition().plan();

        // Then
        assertThat(read.fractions().values().stream()
                        .map(fraction ->
                                fraction.name().en() + " " + fraction.name().id())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(names);
        assertThat(String.join(
                        " ",
                        new TreeSet<>(read.fractions().values().stream()
                                .flatMap(fraction -> fraction.labels().stream())
                                .toList())))
                .isEqualTo(labels);
    }

    @ParameterizedTest
    @CsvSource({
        "twelve-fractions, battery biological cardboard clothes e-waste glass medical metal paper plastic shoes trash",
        "glass-by-colour, battery biological brown-glass cardboard clothes green-glass metal paper plastic shoes white-glass trash"
    })
    void twelveFractionsAreTwelve(String name, String fractions) {
        // Given
        Path file = PLANS.resolve(name + ".yaml");

        // When
        var plan = PlanFile.read(file).edition().plan();

        // Then
        assertThat(String.join(" ", plan.fractions().keySet())).isEqualTo(fractions);
        assertThat(plan.fractions()).allSatisfy((id, fraction) -> assertThat(fraction.labels())
                .containsExactly(
                        id.equals("glass")
                                ? new String[] {"brown-glass", "green-glass", "white-glass"}
                                : new String[] {id}));
    }

    @Test
    void sampleLineSortsByTheSixFractions() {
        // Given
        var file = LineFile.load(Path.of("..", "samples", "line.yaml"), Map.of());

        // When
        var lines = LinePlans.read(file).lines();

        // Then
        assertThat(lines).containsOnlyKeys("line-1", "line-2", "try");
        assertThat(lines.values())
                .allSatisfy(line -> assertThat(line.plan().edition().name()).isEqualTo("six-fractions"));
        assertThat(lines.get("line-1").plan()).isSameAs(lines.get("line-2").plan());
    }

    @Test
    void checkTellsWhatBecomesOfEachLabel() {
        // Given
        String plan = PLANS.resolve("six-fractions.yaml").toString();

        // When
        int exitCode = sortline.execute("plan", "check", plan, "--model", MODEL);

        // Then
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .startsWith("plan six-fractions, edition ")
                .containsPattern("(?m)^glass +glass +glass +0.5 +0.1$")
                .containsPattern("(?m)^trash +residue +residue +0.0 +0.0$")
                .containsPattern("(?m)^empty +- +- +- +- +no item: no event$")
                .contains("id  Kaca: Kosongkan dan bilas");
    }

    @ParameterizedTest
    @CsvSource({"twelve-fractions, glass", "glass-by-colour, brown-glass", "organic-inorganic, inorganic"})
    void whatTellsGlassByItsColourHasItsPlans(String name, String ofBrownGlass) {
        // Given
        String plan = PLANS.resolve(name + ".yaml").toString();

        // When
        int exitCode = sortline.execute("plan", "check", plan, "--model", "../models/waste-twelve");

        // Then
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("with model waste-twelve 1.0.0")
                .containsPattern("(?m)^brown-glass +" + ofBrownGlass + " ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    twelve-fractions  | 13:14 | fractions.battery.labels.0 | battery
                    glass-by-colour   | 13:14 | fractions.battery.labels.0 | battery
                    organic-inorganic | 13:14 | fractions.organic.labels.0 | biological
                    bottles-and-cans  | 13:14 | fractions.glass-bottle.labels.0 | glass-bottle
                    """)
    void planForAnotherModelIsOneLineThatNamesTheLabel(String name, String place, String keys, String label) {
        // Given
        String plan = PLANS.resolve(name + ".yaml").toString();

        // When
        int exitCode = sortline.execute("plan", "check", plan, "--model", MODEL);

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .startsWith("sortline: %s:%s: %s: model waste-mobilenet-v2 ".formatted(plan, place, keys))
                .contains("has no label '%s': it has [cardboard, empty, glass".formatted(label))
                .hasLineCount(1);
    }
}
