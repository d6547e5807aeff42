// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.process.StopSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the archive has under {@code share}: pages that man reads, and completion that shells take. */
class ShareFolderTest {
    @TempDir
    private Path share;

    private final CommandLine sortline = Main.commandLine(new StopSignal());

    @BeforeEach
    void write() throws IOException {
        ShareFolder.write(share, sortline);
    }

    @Test
    void everyCommandHasAPage() throws IOException {
        // Given
        List<String> commands = names(sortline);

        // When
        List<String> pages = pages().map(page -> page.getFileName().toString()).toList();

        // Then
        assertThat(commands).contains("sortline", "sortline-classify", "sortline-produce-replay");
        assertThat(pages)
                .containsExactlyInAnyOrderElementsOf(
                        commands.stream().map(command -> command + ".1").toList());
    }

    @Test
    void pageTellsEachOptionWithItsDescription() throws IOException {
        // When
        String page = Files.readString(share.resolve("man/man1/sortline-classify.1"));

        // Then
        assertThat(page)
                .startsWith(".TH SORTLINE-CLASSIFY 1")
                .contains("sortline\\-classify \\- Classify the frames of the lines and publish their routing events.")
                .contains("\\fB\\-\\-config\\fR \\fIline.yaml\\fR\nDescribes cluster, model, belts and lines")
                .contains("\\fB\\-\\-no\\-create\\-topics\\fR\nLeave the topics to an administrator")
                .contains(".SH EXIT STATUS")
                .endsWith(".SH SEE ALSO\n.BR sortline (1)\n");
    }

    @Test
    void noPageHasAPlaceholderThatIsFilledInAtRunTime() throws IOException {
        // When
        var pages = pages();

        // Then
        assertThat(pages).allSatisfy(page -> assertThat(page).content().doesNotContain("${"));
    }

    static boolean manIsThere() {
        return isThere("man") && isThere("groff");
    }

    @Test
    @EnabledIf(
            value = "manIsThere",
            disabledReason = "man or groff is not installed: no page is read as a person would")
    void manReadsEachPageWithoutAWarning() throws IOException {
        // Given
        List<Path> pages = pages().toList();

        // When
        List<String> said = new ArrayList<>();
        for (Path page : pages) {
            said.add(output("env", "LC_ALL=C.UTF-8", "groff", "-man", "-Tutf8", "-ww", "-z", page.toString()));
        }

        // Then
        assertThat(said).allSatisfy(warnings -> assertThat(warnings).isEmpty());
    }

    static boolean mandocIsThere() {
        return isThere("mandoc");
    }

    @Test
    @EnabledIf(value = "mandocIsThere", disabledReason = "mandoc is not installed: pages are not linted")
    void mandocFindsNothingWrongWithAnyPage() throws IOException {
        // Given
        List<String> command = new ArrayList<>(List.of("mandoc", "-Tlint", "-Wwarning"));
        pages().map(Path::toString).forEach(command::add);

        // When
        String said = output(command.toArray(String[]::new));

        // Then
        assertThat(said.lines().filter(line -> !line.contains("missing date"))).isEmpty();
    }

    static boolean bashIsThere() {
        return isThere("bash");
    }

    @Test
    @EnabledIf(value = "bashIsThere", disabledReason = "bash is not installed: completion is not tried")
    void bashCompletesCommandsAndTheirOptions() throws IOException {
        // Given
        String script = share.resolve("bash-completion/completions/sortline").toString();

        // When
        String commands = output("bash", "-c", completing(script, "sortline cl"));
        String options = output("bash", "-c", completing(script, "sortline classify --no"));

        // Then
        assertThat(commands).isEqualTo("classify\n");
        assertThat(options).isEqualTo("--no-create-topics\n");
    }

    static boolean zshIsThere() {
        return isThere("zsh");
    }

    @Test
    @EnabledIf(value = "zshIsThere", disabledReason = "zsh is not installed: its completion is not tried")
    void zshFindsTheCompletionWhereverTheFolderStands() throws IOException {
        // Given
        String script =
                """
                fpath=(%s $fpath); autoload -Uz compinit && compinit -u -D
                print -r -- ${_comps[sortline]}
                _bash_complete() { print -r -- "$@" }
                bashcompinit() { complete() { : } }
                _sortline
                print -r -- ${+functions[_complete_sortline]}
                """
                        .formatted(share.resolve("zsh/site-functions"));

        // When
        String said = output("zsh", "-f", "-c", script);

        // Then
        assertThat(said).isEqualTo("_sortline\n-o default -F _complete_sortline\n1\n");
    }

    @Test
    void nothingTellsWhenItWasMade() throws IOException {
        // Given
        Path again = share.resolve("again");

        // When
        ShareFolder.write(again, Main.commandLine(new StopSignal()));

        // Then
        try (Stream<Path> files = Files.walk(again)) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSizeGreaterThan(20)
                    .allSatisfy(file -> assertThat(file)
                            .hasSameTextualContentAs(share.resolve(again.relativize(file)))
                            .content()
                            .doesNotContainPattern("20[2-9][0-9]-[01][0-9]"));
        }
    }

    private static String completing(String script, String line) {
        String[] words = line.split(" ", -1);
        String quoted = String.join(
                " ", Arrays.stream(words).map(word -> "'" + word + "'").toList());
        return "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d; _complete_sortline 2>/dev/null; printf '%%s\\n' \"${COMPREPLY[@]}\""
                .formatted(script, quoted, words.length - 1, line, line.length());
    }

    private static List<String> names(CommandLine command) {
        List<String> names = new ArrayList<>(List.of(command.getCommandSpec().qualifiedName("-")));
        command.getSubcommands().values().forEach(below -> names.addAll(names(below)));
        return names;
    }

    private Stream<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(share.resolve("man/man1"))) {
            return pages.toList().stream();
        }
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** All that it says, on either stream. */
    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().orTimeout(60, TimeUnit.SECONDS).join().pid())
                .isPositive();
        return said;
    }
}
