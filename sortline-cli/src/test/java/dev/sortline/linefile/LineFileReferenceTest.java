// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.sorting.SortingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The references of the line file and of plans, for people and for editors, are what the records say that the files are read into. */
class LineFileReferenceTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final boolean WRITE = Boolean.getBoolean("sortline.write");
    private static final String COMMAND =
            "mvn test -pl sortline-cli -am -Dtest=LineFileReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dsortline.write=true";

    private static final String HEAD =
            """
            <!-- Generated from the records that the file is read into. To write it anew: %s -->

            # The line file

            `line.yaml` describes cluster, model, belts and lines for all commands. Start from [`samples/line.yaml`](../samples/line.yaml). Its first line names
            [`line.schema.json`](../samples/line.schema.json), by which an editor completes and checks it.

            - Relative paths start at the file's folder. A `*` in a heading stands for a name that you give.
            - A key that is not here is refused, and so is a value that is out of its bounds. What need not be there may also be empty.
            - The environment overrides single values: `SORTLINE_MODEL`, `SORTLINE_HTTP_PORT`, `SORTLINE_HTTP_ADDRESS`, `SORTLINE_CONSOLE_ADDRESS`, `SORTLINE_CONSOLE_VIEWER_PASSWORD_FILE`, and `SORTLINE_KAFKA_BOOTSTRAP_SERVERS` and its like for Kafka's properties.
            - The schema knows each setting by itself. What settings say about each other, and which properties Kafka's clients have, is told when a command starts: with
              file, line, column and key. In one thing the schema is stricter: no number stands in quotation marks, and text that looks like a number does.

            """
                    .formatted(COMMAND);

    @Test
    void schemaIsWhatTheSettingsSay() throws IOException {
        // When
        String schema = LineFileSchema.text();

        // Then
        assertWritten(ROOT.resolve("samples/line.schema.json"), schema);
    }

    @Test
    void schemaOfPlansIsWhatTheirKeysSay() throws IOException {
        // When
        String schema = new SettingsSchema(YamlFile.YAML).of(SortingPlan.class);

        // Then
        assertWritten(ROOT.resolve("samples/plan.schema.json"), schema);
    }

    @Test
    void pageIsWhatTheSettingsSay() throws IOException {
        // When
        String page = HEAD
                + new SettingsPage(YamlFile.YAML.readTree(LineFileSchema.text()), LineFileSchema.everySetting()).text();

        // Then
        assertWritten(ROOT.resolve("docs/line-file.md"), page);
        assertThat(page.lines()).as("rows that do not say what a setting is").noneMatch(row -> row.endsWith("|  |"));
    }

    private static void assertWritten(Path file, String text) throws IOException {
        if (WRITE) {
            Files.writeString(file, text);
        }
        assertThat(file).as("to write it anew: %s", COMMAND).hasContent(text);
    }
}
