// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.process.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What a person sees who types something wrong. */
class UsageTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private CommandLine sortline;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        System.setProperty(
                "sortline.home", Path.of("..").toAbsolutePath().normalize().toString());
        sortline = Main.commandLine(new StopSignal())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }

    @Test
    void withoutACommandTheCommandsAreListed() {
        // Given
        String[] nothing = {};

        // When
        int exitCode = sortline.execute(nothing);

        // Then
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("demo", "produce", "classify", "train", "evaluate", "model", "plan", "bench");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelp(String command) {
        // Given
        String[] words = (command + " --help").strip().split(" +", -1);

        // When
        int exitCode = sortline.execute(words);

        // Then
        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).contains(("Usage: sortline " + command).strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    dmeo                                | Unmatched argument at index 0: 'dmeo'
                    demo --seconds soon                 | 'soon' is not a long
                    demo --seconds 0                    | --seconds is 0: must be at least 1
                    demo --lines 0                      | --lines is 0: must be at least 1
                    demo --lines 656                    | --lines is 656: the demo's one controller cannot have their coils and registers
                    demo --fps -1                       | --fps is -1.0: must be above 0
                    demo --frames nowhere --seconds 1   | folder 'nowhere' does not exist
                    classify                            | Missing required option: '--config=line.yaml'
                    classify --config nowhere.yaml      | no line file at nowhere.yaml: say where it is with --config
                    produce                             | say what to publish
                    produce replay                      | Missing required parameter: 'DIR'
                    produce replay nowhere              | folder 'nowhere' does not exist
                    camera                              | say what to do with the camera: sortline camera check URL
                    camera check                        | say which camera: its URL
                    camera check belt                   | cannot tell what speaks at 'belt'
                    camera check belt --type video      | --type is 'video': must be mjpeg, rtsp, device or genicam
                    camera check belt --type rtsp       | url is 'belt': must be rtsp://host/path
                    camera check http://x/ --seconds 0  | --seconds is 0: must be from 1 to 600
                    camera check http://u:p@x/          | set user and passwordFile instead
                    camera check http://x/ --user u     | user is 'u': needs a passwordFile
                    camera check http://x/ --config l   | not both
                    camera check 10.0.0.5 --user u      | a camera of type genicam knows no users
                    camera check http://x/ --camera c   | --line and --camera need --config
                    camera check --config nowhere.yaml  | no line file at nowhere.yaml
                    camera check http://x/ --save x/y.jpg | there is no folder
                    plan                                | say what to do with the plan: sortline plan check FILE --model DIR
                    plan check                          | Missing required options and parameters
                    plan check nowhere.yaml --model m   | no plan file at nowhere.yaml
                    plan check ../plans/six-fractions.yaml --model nowhere | no model package at nowhere
                    train --data nowhere --out m --architecture resnet | 'resnet' is no architecture: take mobilenet-v2, efficientnet-lite0, efficientnet-lite2 or cnn
                    train --data nowhere --out m --architecture efficientnet-lite2 | efficientnet-lite2 is not trained from nothing: give the base whose weights it starts from
                    train --data nowhere --out m --further web --further-share 1 | the share of the further pictures must lie between 0 and 1, but is 1.0
                    train --data nowhere --out m --further-share 0.5 | Missing required argument(s): --further=DIR
                    train --data nowhere --out m --keep kept | --keep needs --base, the package to learn on from
                    train --data nowhere --out m --keep kept --base b --epochs 3 | --epochs does not go with --keep: a round has a recipe of its own
                    train --data nowhere --out m --keep kept --base b | no model package at b
                    train --data nowhere --out m --keep kept --base ../models/waste-cnn | no folder at nowhere
                    train --data ../samples/belt --out m --keep ../model-trainer/src/fixtures --base ../models/waste-cnn | a folder foreign, which is no label of
                    model                               | sortline model import, export, inspect, adjust, quantize, familiarize, sign, promote or rollback
                    model adjust nowhere --labels a --shifted . --validation . | no model package at nowhere
                    model quantize nowhere --data d --validation v | no model package at nowhere
                    model quantize ../models/waste-cnn --data nowhere --validation v | no folder at nowhere
                    model quantize ../models/waste-cnn --data ../samples/belt | Missing required option: '--validation=DIR'
                    model sign ../models/waste-cnn --key nowhere.pem | no key file at nowhere.pem
                    model sign ../models/waste-cnn --key ../pom.xml | pom.xml is no private Ed25519 key in PEM form
                    model promote --config ../samples/line.yaml | canary is missing: there is nothing to promote
                    model rollback --config ../samples/line.yaml | there is no package before this one at
                    plan sign nowhere.yaml --key ../pom.xml | pom.xml is no private Ed25519 key in PEM form
                    model import                        | Missing required options and parameters
                    model import x --labels l --input-size 224 --scaling 0..2 --out p    | '0..2' is none of [-1..1, 0..1, none]
                    model import x --labels l --input-size 8 --scaling none --out p      | inputSize must be 16..1024, but is 8
                    model import x --labels l --input-size 224 --scaling none --out Big  | name must match
                    model import x --labels l --input-size 224 --scaling 0..1 --mean 0.5,0.5 --std 1,1,1 --out p | mean and std are three numbers each
                    model export                        | Missing required options and parameters
                    model export x --format keras --out y | 'keras' is none of [saved-model, tflite, onnx]
                    model export ../models/waste-mobilenet-v2 --format onnx --out ../pom.xml | pom.xml is there already: choose another place
                    model import nowhere --labels l --input-size 224 --scaling -1..1 --out p | no model at nowhere
                    model import ../pom.xml --labels l --input-size 224 --scaling none --out p | pom.xml is none of what can be imported
                    model import ../models/waste-mobilenet-v2 --labels l --input-size 224 --scaling none --out p | is a Sortline model package already
                    evaluate --model nowhere --data . --report r | nowhere
                    acls                                | Missing required option: '--config=line.yaml'
                    acls --config nowhere.yaml          | no line file at nowhere.yaml
                    acls --config ../samples/line.yaml --role clasify | 'clasify' is none of [produce, classify, gateway, console, reviews]
                    acls --config ../samples/line.yaml --format json | 'json' is none of [kafka-acls, strimzi]
                    acls --config ../samples/line.yaml --principal User:me | --principal is 'User:me': must be ROLE=NAME
                    acls --config ../samples/line.yaml --principal camera=me | --principal: 'camera' is none of
                    acls --config ../samples/line.yaml --format strimzi --cluster A_B | cluster is 'A_B': must be lower-case letters, digits, dots and dashes
                    bench                               | say what to measure: throughput, latency, overload, scale, peers, console or cameras
                    bench speed                         | Unmatched argument at index 1: 'speed'
                    bench throughput --turns 0          | --turns is 0: must be at least 1
                    bench latency --seconds soon        | 'soon' is not an int
                    bench overload --lines 65           | --lines is 65: must be from 1 to 64
                    bench scale --frames nowhere        | does not exist: name a folder of images
                    bench peers --model nowhere         | no model package at
                    """)
    void mistakeIsOneLineAndEndsWithTwo(String command, String problem) {
        // Given
        String[] words = command.strip().split(" +", -1);

        // When
        int exitCode = sortline.execute(words);

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).startsWith("sortline: ").contains(problem).hasLineCount(1);
    }

    @Test
    void secondModelThatIsNoneIsToldWithItsPlaceInTheFile() throws IOException {
        // Given
        Path root = Path.of("..").toAbsolutePath().normalize();
        Path file = Files.writeString(
                folder.resolve("line.yaml"),
                """
                kafka: { bootstrap.servers: 127.0.0.1:1 }
                model: %s
                shadow: nowhere
                belts:
                  main: { speedMetresPerSecond: 1.0, transportMarginMillis: 20, residualLane: residue, ejectors: {} }
                lines:
                  line-1: { belt: main, plan: %s }
                """
                        .formatted(root.resolve("models/waste-cnn"), root.resolve("plans/six-fractions.yaml")));

        // When
        int exitCode = sortline.execute("classify", "--config", file.toString());

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("sortline: " + file + ":3:1: shadow: no model package at " + folder.resolve("nowhere"))
                .hasLineCount(1);
    }

    @Test
    void clusterThatDoesNotAnswerIsOneLineAndEndsWithOne() throws IOException {
        // Given
        Path images = Files.createDirectories(folder.resolve("glass"));
        Files.write(images.resolve("a.jpg"), new byte[] {1});

        // When
        int exitCode = sortline.execute("produce", "replay", folder.toString(), "--bootstrap-servers", "127.0.0.1:1");

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("sortline: cannot use Kafka at 127.0.0.1:1: 127.0.0.1:1: nothing listens there")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalArgumentException.class, StackOverflowError.class})
    void mistakeOfOursIsOneLineWithItsKindAndEndsWithOne(Class<? extends Throwable> kind) throws Exception {
        // Given
        var bug = kind.getConstructor(String.class).newInstance("beyond\n" + "x".repeat(1_000));
        sortline.addSubcommand(new Failing(bug));

        // When
        int exitCode = Main.execute(sortline, "failing");

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("sortline: " + kind.getName() + ": beyond x")
                .contains("--verbose shows where")
                .hasSizeLessThan(600)
                .hasLineCount(1);
    }

    @Test
    void verboseShowsWhere() {
        // Given
        String[] words = {"classify", "--config", "nowhere.yaml", "--verbose"};

        // When
        sortline.execute(words);

        // Then
        assertThat(err.toString()).contains("at dev.sortline.linefile.LineFile");
    }

    static Stream<String> commands() {
        return below("", Main.commandLine(new StopSignal()));
    }

    private static Stream<String> below(String name, CommandLine command) {
        return Stream.concat(
                Stream.of(name),
                command.getSubcommands().entrySet().stream()
                        .flatMap(each -> below((name + " " + each.getKey()).strip(), each.getValue())));
    }

    @Command(name = "failing")
    private record Failing(Throwable bug) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            if (bug instanceof Error error) {
                throw error;
            }
            throw (Exception) bug;
        }
    }
}
