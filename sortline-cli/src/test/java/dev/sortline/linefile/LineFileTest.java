// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.console.ConsoleSettings;
import dev.sortline.gateway.modbus.ModbusClientSettings;
import dev.sortline.gateway.modbus.ModbusLine;
import dev.sortline.gateway.opcua.OpcUaClientSettings;
import dev.sortline.process.CommandFailure;
import dev.sortline.stream.camera.CameraWatchSettings;
import dev.sortline.stream.gate.GateMode;
import dev.sortline.stream.gate.GateSettings;
import dev.sortline.stream.review.ReviewSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFileTest {
    private static final String GOOD =
            """
            kafka:
              bootstrap.servers: broker:9092
            model: models/waste
            http:
              port: 8080
            belts:
              main:
                speedMetresPerSecond: 2.0
                transportMarginMillis: 20
                residualLane: residue
                ejectors:
                  glass: { number: 1, distanceMetres: 1.5, actuatorDelayMillis: 15 }
            lines:
              line-1: { belt: main, plan: plans/simple.yaml }
            gateway: { recoveryMillis: 200 }
            drivers:
              plc-1: { type: modbus-client, host: plc, lines: { line-1: { firstCoil: 0, ejectors: 8, firstRegister: 100 } } }
            """;

    /** A belt that moves nothing. */
    private static final String TABLE =
            "  table: { speedMetresPerSecond: 1.0, transportMarginMillis: 0, residualLane: residue, ejectors: {} }\n";

    private static final String OPC_UA = GOOD.substring(0, GOOD.indexOf("  plc-1:"))
            + """
                plc-1:
                  type: opcua-client
                  endpoint: opc.tcp://plc:4840
                  certificates: opcua
                  username: gateway
                  passwordFile: password
                  lines:
                    line-1:
                      ejectors:
                        1-8: ns=3;s="DB_Sort"."Ejector"[{ejector}]
                      heartbeat: ns=3;s="DB_Sort"."Beat"
              """;

    @TempDir
    private Path folder;

    @Test
    void describesTheLinesWithTheirBeltAndPlan() throws IOException {
        // Given
        Path file = written(GOOD);

        // When
        var lineFile = LineFile.load(file, Map.of());

        // Then
        var line = lineFile.lines().get("line-1");
        assertThat(line.plan()).isEqualTo(folder.resolve("plans/simple.yaml"));
        assertThat(line.place()).isEqualTo(file + ":14:25");
        assertThat(line.belt().ejectors().get("glass").distanceMetres()).isEqualTo(1.5);
        assertThat(lineFile.kafka()).containsEntry("bootstrap.servers", "broker:9092");
        assertThat(lineFile.http()).contains(new LineFile.Http(8080, null));
    }

    @Test
    void relativeModelPathStartsAtTheFile() throws IOException {
        // Given
        Path file = written(GOOD);

        // When
        var lineFile = LineFile.load(file, Map.of());

        // Then
        assertThat(lineFile.model()).isEqualTo(folder.resolve("models/waste"));
    }

    @Test
    void environmentOverridesSingleValues() throws IOException {
        // Given
        var environment = Map.of(
                "SORTLINE_KAFKA_BOOTSTRAP_SERVERS", "other:9092",
                "SORTLINE_MODEL", "elsewhere",
                "SORTLINE_HTTP_PORT", "9999",
                "SORTLINE_CONSOLE_ADDRESS", "0.0.0.0");

        // When
        var lineFile = LineFile.load(written(GOOD), environment);

        // Then
        assertThat(lineFile.kafka()).containsEntry("bootstrap.servers", "other:9092");
        assertThat(lineFile.model()).isEqualTo(Path.of("elsewhere"));
        assertThat(lineFile.http()).contains(new LineFile.Http(9999, null));
        assertThat(lineFile.console().access().address()).isEqualTo("0.0.0.0");
    }

    @Test
    void healthAndMetricsStayOnThisMachineUnlessToldOtherwise() throws IOException {
        // When
        var http = LineFile.load(written(GOOD), Map.of()).http().orElseThrow();

        // Then
        assertThat(http.addressOrDefault()).isEqualTo("127.0.0.1");
    }

    @Test
    void environmentOpensHealthAndMetricsToOthersAndLeavesThePort() throws IOException {
        // When
        var http = LineFile.load(written(GOOD), Map.of("SORTLINE_HTTP_ADDRESS", "0.0.0.0"))
                .http();

        // Then
        assertThat(http).contains(new LineFile.Http(8080, "0.0.0.0"));
    }

    @Test
    void operatorsPageStaysOnThisMachineUnlessToldOtherwise() throws IOException {
        // When
        var console = LineFile.load(written(GOOD), Map.of()).console();

        // Then
        assertThat(console.access()).isEqualTo(ConsoleSettings.Access.onLoopback(8090));
        assertThat(console.trialLine()).isEmpty();
    }

    @Test
    void trialLineIsNoneOfThoseThatSort() throws IOException {
        // Given
        Path file = written(GOOD.replace(
                        "lines:\n  line-1:",
                        TABLE + "lines:\n  try: { belt: table, plan: plans/simple.yaml }\n  line-1:")
                + "console: { trialLine: try }\n");

        // When
        var lineFile = LineFile.load(file, Map.of());

        // Then
        assertThat(lineFile.console().trialLine()).contains("try");
        assertThat(lineFile.sortingLines()).containsExactly("line-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    nowhere | 'nowhere' is not under lines: there are [line-1, many, try]
                    line-1  | the belt of line 'line-1' has ejectors: what is tried must move nothing
                    many    | line 'many' has several frames an item: a photo is one
                    """)
    void photosAreTriedOnlyWhereTheyMoveNothing(String trialLine, String problem) throws IOException {
        // Given
        Path file = written(GOOD.replace(
                        "lines:\n  line-1:",
                        TABLE + "lines:\n  try: { belt: table, plan: plans/simple.yaml }\n"
                                + "  many: { belt: table, plan: plans/simple.yaml, framesPerItem: 2 }\n  line-1:")
                + "console: { trialLine: " + trialLine + " }\n");

        // When
        var loading = assertThatThrownBy(() -> LineFile.load(file, Map.of()));

        // Then
        loading.isInstanceOf(CommandFailure.class)
                .hasMessageContaining("console.trialLine: ")
                .hasMessageEndingWith(problem.replace("\"", ""));
    }

    @Test
    void leavesTheWayTheNetworkRunsToMeasurement() throws IOException {
        // When
        var lineFile = LineFile.load(written(GOOD), Map.of());

        // Then
        assertThat(lineFile.inference()).isEqualTo(InferenceSettings.MEASURED);
    }

    @Test
    void pinsTheWayTheNetworkRuns() throws IOException {
        // Given
        Path file = written(GOOD + "inference: { engine: tensorflow, precision: bfloat16, batch: 4 }\n");

        // When
        var lineFile = LineFile.load(file, Map.of());

        // Then
        assertThat(lineFile.inference())
                .isEqualTo(new InferenceSettings(Engine.TENSORFLOW, Precision.BFLOAT16, 4, null, null));
    }

    @Test
    void secondModelIsNamedWithItsPlace() throws IOException {
        // Given
        Path file = written("shadow: models/next\n" + GOOD);

        // When
        var lineFile = LineFile.load(file, Map.of());

        // Then
        assertThat(lineFile.shadow()).contains(new LineFile.Shadow(folder.resolve("models/next"), file + ":1:1"));
        assertThat(LineFile.load(written(GOOD), Map.of()).shadow()).isEmpty();
    }

    @Test
    void saysWhichItemsAPersonLooksAt() throws IOException {
        // Given
        Path file = written(GOOD + "reviews: { sampleShare: 0.02 }\n");

        // When
        var lineFile = LineFile.load(file, Map.of());

        // Then
        assertThat(lineFile.reviews()).isEqualTo(new ReviewSettings(0.02));
        assertThat(LineFile.load(written(GOOD), Map.of()).reviews()).isEqualTo(ReviewSettings.DEFAULT);
    }

    @Test
    void shareThatIsNoneIsToldWithItsPlace() throws IOException {
        // Given
        Path file = written(GOOD + "reviews: { sampleShare: 2 }\n");

        // When
        var loading = assertThatThrownBy(() -> LineFile.load(file, Map.of()));

        // Then
        loading.isInstanceOf(CommandFailure.class)
                .hasMessageEndingWith(":18:12: reviews.sampleShare: sampleShare is 2.0: must be from 0 to 1");
    }

    @Test
    void describesTheDriversOfTheLines() throws IOException {
        // When
        var lineFile = LineFile.load(written(GOOD), Map.of());

        // Then
        assertThat(lineFile.gateway().recoveryMillis()).isEqualTo(200);
        assertThat(lineFile.gateway().watchdogMillis()).isEqualTo(2_000);
        assertThat(lineFile.drivers())
                .containsOnly(Map.entry(
                        "plc-1",
                        new ModbusClientSettings(
                                "plc", null, null, null, null, Map.of("line-1", new ModbusLine(0, 8, 100)))));
    }

    @Test
    void itemHasOneFrameUnlessTheLineSaysMore() throws IOException {
        // Given
        Path file = written(GOOD.replace(
                "gateway:", "  line-2: { belt: main, plan: plans/simple.yaml, framesPerItem: 3 }\ngateway:"));

        // When
        var lines = LineFile.load(file, Map.of()).lines();

        // Then
        assertThat(lines.get("line-1").framesPerItem()).isEqualTo(1);
        assertThat(lines.get("line-2").framesPerItem()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    speedMetresPerSecond: 2.0  | speed: 2.0                  | :7:3:  | belts.main.speedMetresPerSecond: is missing
                    transportMarginMillis: 20  | transportMarginMillis: 20, extra: 1 | :9:37: | mapping values are not allowed here
                    number: 1                  | number: 1, extra: 1         | :12:27:| belts.main.ejectors.glass.extra: unknown key, known are [actuatorDelayMillis, distanceMetres, number]
                    speedMetresPerSecond: 2.0  | speedMetresPerSecond: 0     | :8:5:  | belts.main.speedMetresPerSecond: speedMetresPerSecond is 0.0: must be from 0.01 to 100
                    speedMetresPerSecond: 2.0  | speedMetresPerSecond: fast  | :8:5:  | belts.main.speedMetresPerSecond
                    distanceMetres: 1.5        | distanceMetres: -1          | :12:27:| distanceMetres is -1.0: must be above 0
                    residualLane: residue      | residualLane: glass         | :10:5: | residualLane is 'glass', which has an ejector
                    port: 8080                 | port: 80800                 | :5:3:  | port is 80800: must be from 0 to 65535
                    belt: main                 | belt: mian                  | :14:13: | lines.line-1.belt: 'mian' is not under belts: there are [main]
                    plan: plans/simple.yaml    | paln: simple.yaml           | :14:3: | lines.line-1.plan: is missing
                    belts:                     | "plans: { simple: x }\nbelts:" | :6:1: | plans: unknown key, known are [belts, cameraWatch, cameras, canary, console, drivers, emptyGate, gateway, http, inference, kafka, lines, model, push, reviews, shadow, signatures]
                    model: models/waste        | "model: m\ncanary: { model: n, lines: [line-7] }" | :4:29: | canary.lines.0: 'line-7' is not under lines: there are [line-1]
                    model: models/waste        | "model: m\ncanary: { model: n, lines: [] }" | :4:21: | lines is empty: name at least one
                    model: models/waste        | "model: m\nsignatures: { keys: [] }" | :4:15: | keys is empty: name at least one
                    residualLane: residue      | "residualLane: residue\n    cameras: { camera-1: { distanceMetres: 2 } }" | :13:27: | belts.main.ejectors.glass.distanceMetres: ejector 'glass' stands at 1.5 m, not after camera 'camera-1' at 2.0 m
                    glass: { number            | "metal: { number: 1, distanceMetres: 2 }\n      glass: { number" | :12:16: | belts.main.ejectors.metal.number: number is 1, which is the number of ejector 'glass'
                    transportMarginMillis: 20  | transportMarginMillis: 900  | :12:7: | an item reaches ejector 'glass' 750 ms after the zero mark
                    residualLane: residue      | "residualLane: residue\n    countsPerMetre: 0" | :11:5: | countsPerMetre is 0.0: must be above 0
                    residualLane: residue      | "residualLane: residue\n    cameras: { c: { distanceMetres: -1 } }" | :11:21: | belts.main.cameras.c.distanceMetres: distanceMetres is -1.0: must be from 0
                    speedMetresPerSecond: 2.0  | speedMetresPerSecond: .nan  | :8:31: | Malformed numeric value '.nan'
                    model: models/waste        | mdoel: models/waste         | :1:1:  | model: is missing
                    recoveryMillis: 200        | recoveryMillis: 20         | :15:12:| recoveryMillis is 20: must be from 50 to 60000
                    recoveryMillis: 200        | watchdog: 200              | :15:12:| gateway.watchdog: unknown key, known are [dryRun, pulseMillis, recoveryMillis, toleranceMillis, watchdogMillis]
                    gateway: {                 | "emptyGate: { mode: ajar }\ngateway: {" | :15:14: | emptyGate.mode
                    gateway: {                 | "emptyGate: { cameras: { line-7: {} } }\ngateway: {" | :15:25: | emptyGate.cameras.line-7: 'line-7' is not under lines: there are [line-1]
                    type: modbus-client        | type: profibus             | :17:3: | type is 'profibus': must be one of [
                    host: plc                  | host: plc, prot: 502       | :17:44:| drivers.plc-1.prot: unknown key
                    ejectors: 8                | ejectors: 0                | :17: | ejectors is 0: must be from 1 to 256
                    firstRegister: 100         | firstRegister: 65500       | :17: | firstRegister is 65500: must be from 0 to 65440
                    lines: { line-1: {         | lines: { line-7: {         | :17: | drivers.plc-1.lines.line-7: 'line-7' is not under lines: there are [line-1]
                    belt: main                 | belt: main, framesPerItem: 0  | :14:25: | lines.line-1.framesPerItem: framesPerItem is 0: must be from 1 to 16
                    belt: main                 | belt: main, framesPerItem: 17 | :14:25: | lines.line-1.framesPerItem: framesPerItem is 17: must be from 1 to 16
                    http:                      | "inference: { batch: 65 }\nhttp:" | :4:14: | batch is 65: must be from 1 to 64
                    """)
    void mistakeIsToldWithItsPlace(String right, String wrong, String place, String problem) throws IOException {
        // Given
        Path file = written(GOOD.replace(right, wrong));

        // When
        var loading = assertThatThrownBy(() -> LineFile.load(file, Map.of()));

        // Then
        loading.isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(place)
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    opc.tcp://plc:4840       | plc:4840          | :19:5: | drivers.plc-1.endpoint: endpoint is 'plc:4840': must be like opc.tcp://
                    opc.tcp://plc:4840       | opc.tcp://plc:0   | :19:5: | endpoint is 'opc.tcp://plc:0'
                    certificates: opcua      | security: low     | :20:5: | drivers.plc-1.security: security is 'low': must be none
                    certificates: opcua      | timeoutMillis: 99 | :17:3: | drivers.plc-1.certificates: certificates is missing: name a folder
                    type: opcua-client       | `type: opcua-client\n    timeoutMillis: 501` | :19:5: | timeoutMillis is 501: must be from 10 to 500
                    passwordFile: password   | timeoutMillis: 99 | :21:5: | username is gateway and passwordFile is null: a login has both
                    1-8                      | eight             | :25:9: | drivers.plc-1.lines.line-1.ejectors: ejectors has 'eight': must be an ejector's number or a range
                    1-8                      | 8-1               | :25:9: | ejectors has '8-1': a range goes up
                    [{ejector}]              | [1]               | :25:9: | ejectors has the one node 'ns=3;s="DB_Sort"."Ejector"[1]' for 1-8: write {ejector} where its number goes
                    1-8                      | `3: ns=3;i=1\n          1-8` | :25:9: | ejectors has number 3 twice
                    ns=3;s="DB_Sort"."Beat"  | DB_Sort.Beat      | :27:9: | drivers.plc-1.lines.line-1.heartbeat: heartbeat has 'DB_Sort.Beat', which is no node id
                    "DB_Sort"."Beat"         | "DB_Sort"."Ejector"[3] | :23:5: | lines has node ns=3;s="DB_Sort"."Ejector"[3] for ejector 3 of line-1 and for heartbeat of line-1
                    heartbeat:               | beat:             | :27:9: | drivers.plc-1.lines.line-1.beat: unknown key
                    """)
    void mistakeInTheNodesOfAControllerIsToldWithItsPlace(String right, String wrong, String place, String problem)
            throws IOException {
        // Given
        Path file = written(OPC_UA.replace(right, wrong));

        // When
        var loading = assertThatThrownBy(() -> LineFile.load(file, Map.of()));

        // Then
        loading.isInstanceOf(CommandFailure.class)
                .hasMessageContaining(place)
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void pathsOfAControllersCertificatesAndPasswordStartAtTheLineFile() throws IOException {
        // Given
        Path file = written(OPC_UA);

        // When
        var lineFile = LineFile.load(file, Map.of());

        // Then
        assertThat(lineFile.drivers().get("plc-1")).isInstanceOfSatisfying(OpcUaClientSettings.class, plc -> {
            assertThat(plc.certificates()).isEqualTo(folder.resolve("opcua"));
            assertThat(plc.passwordFile()).isEqualTo(folder.resolve("password"));
        });
    }

    @Test
    void camerasAreWatchedAsSuitsMostLinesUnlessToldOtherwise() throws IOException {
        // Given
        Path file = written(GOOD);

        // When
        var lineFile = LineFile.load(file, Map.of());

        // Then
        assertThat(lineFile.cameraWatch()).isEqualTo(CameraWatchSettings.DEFAULT);
    }

    @Test
    void eachBoundOfTheCameraWatchCanBeSetAlone() throws IOException {
        // Given
        Path file = written(GOOD + "cameraWatch: { silentAfterMillis: 60000 }\n");

        // When
        var lineFile = LineFile.load(file, Map.of());

        // Then
        assertThat(lineFile.cameraWatch()).isEqualTo(new CameraWatchSettings(60_000L, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "silentAfterMillis: 99, 'silentAfterMillis is 99: must be from 100 to 86400000'",
        "clockAheadMillis: -1, 'clockAheadMillis is -1: must be from 0 to 60000'",
        "clockBehindMillis: 0, 'clockBehindMillis is 0: must be from 1 to 86400000'",
        "frozenAfterFrames: 1, 'frozenAfterFrames is 1: must be from 2 to 1000000'",
        "itemSpacingMillimetres: 100001, 'itemSpacingMillimetres is 100001: must be from 0 to 100000'",
        "silent: 5, 'cameraWatch.silent'"
    })
    void mistakeInTheCameraWatchIsToldWithItsPlace(String setting, String problem) throws IOException {
        // Given
        Path file = written(GOOD + "cameraWatch: { " + setting + " }\n");

        // When
        var loading = assertThatThrownBy(() -> LineFile.load(file, Map.of()));

        // Then
        loading.isInstanceOf(CommandFailure.class)
                .hasMessageContaining(problem)
                .message()
                .containsPattern("line\\.yaml:\\d+:\\d+: cameraWatch")
                .doesNotContain("\n");
    }

    @Test
    void gatesOfSingleCamerasMayDiffer() throws IOException {
        // Given
        Path file = written(GOOD + "emptyGate: { mode: off, cameras: { line-1: { camera-1: on } } }\n");

        // When
        var gates = LineFile.load(file, Map.of()).emptyGate();

        // Then
        assertThat(gates.modeOf("line-1", "camera-1")).isEqualTo(GateMode.ON);
        assertThat(gates.modeOf("line-1", "camera-2")).isEqualTo(GateMode.OFF);
        assertThat(LineFile.load(written(GOOD), Map.of()).emptyGate()).isEqualTo(GateSettings.DEFAULT);
    }

    @Test
    void gateOfACameraThatTheBeltDoesNotNameIsToldWithItsPlace() throws IOException {
        // Given
        String named = GOOD.replace(
                "residualLane: residue", "residualLane: residue\n    cameras: { camera-1: { distanceMetres: 0 } }");
        Path file = written(named + "emptyGate: { cameras: { line-1: { camera-2: on } } }\n");

        // When
        var loading = assertThatThrownBy(() -> LineFile.load(file, Map.of()));

        // Then
        loading.isInstanceOf(CommandFailure.class)
                .hasMessageContaining(
                        "emptyGate.cameras.line-1.camera-2: the belt of line 'line-1' has no such camera: it has [camera-1]")
                .message()
                .containsPattern("line\\.yaml:\\d+:\\d+: ");
    }

    @Test
    void missingFileIsNamed() {
        // Given
        Path nowhere = folder.resolve("nowhere.yaml");

        // When
        var loading = assertThatThrownBy(() -> LineFile.load(nowhere, Map.of()));

        // Then
        loading.hasMessage("no line file at %s: say where it is with --config".formatted(nowhere));
    }

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("line.yaml"), text);
    }
}
