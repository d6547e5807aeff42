// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.linefile.GlassOnly;
import dev.sortline.loopback.Broker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** {@code sortline classify} in a process of its own. */
public final class ClassifyProcess extends CommandProcess {
    /** The plan's file in the folder that the process was started with. */
    public static final String PLAN = "glass-only.yaml";

    private static final List<String> OPTIONS = List.of(
            "-Xmx256m",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.log.dev.sortline.linefile=info",
            "-Dorg.slf4j.simpleLogger.log.dev.sortline.models=info");

    private ClassifyProcess(List<String> options, String lineFile, Path folder) throws IOException {
        this(options, lineFile, folder, Map.of());
    }

    private ClassifyProcess(List<String> options, String lineFile, Path folder, Map<String, String> environment)
            throws IOException {
        super("classify", options, lineFile, folder, environment);
    }

    /** Starts it with a line file that has all but {@code http}. */
    public static ClassifyProcess start(String lineFile, Path folder) throws IOException {
        return new ClassifyProcess(OPTIONS, lineFile, folder);
    }

    /** The same with an environment of its own. */
    public static ClassifyProcess start(String lineFile, Path folder, Map<String, String> environment)
            throws IOException {
        return new ClassifyProcess(OPTIONS, lineFile, folder, environment);
    }

    /** With a Java heap that has all of its memory from the start: what its resident memory grows by lies outside. */
    public static ClassifyProcess startWithFixedHeap(String lineFile, Path folder) throws IOException {
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(List.of("-Xms256m", "-XX:+AlwaysPreTouch"));
        return new ClassifyProcess(options, lineFile, folder);
    }

    /** With lines whose belt is so slow that no answer comes too late. */
    public static ClassifyProcess start(Broker broker, List<String> lines, Path folder) throws IOException {
        return start(broker, lines, 1, folder);
    }

    public static ClassifyProcess start(Broker broker, List<String> lines, int framesPerItem, Path folder)
            throws IOException {
        Files.writeString(folder.resolve(PLAN), GlassOnly.yaml(0.5));
        return start(slowLines(broker, lines, framesPerItem), folder);
    }

    /** With slow lines, and a log as users see it: tests have another one of their own. */
    public static ClassifyProcess startWithShippedLog(Broker broker, List<String> lines, Path folder)
            throws IOException {
        Files.writeString(folder.resolve(PLAN), GlassOnly.yaml(0.5));
        var shipped = new Properties();
        try (var file =
                Files.newBufferedReader(Path.of("../sortline-cli/src/main/resources/simplelogger.properties"))) {
            shipped.load(file);
        }
        List<String> options = new ArrayList<>(List.of("-Xms64m", "-Xmx512m"));
        shipped.forEach((name, value) -> options.add("-D" + name + "=" + value));
        return new ClassifyProcess(options, slowLines(broker, lines, 1), folder);
    }

    private static String slowLines(Broker broker, List<String> lines, int framesPerItem) {
        var config = new StringBuilder(
                """
                kafka: { bootstrap.servers: "%s" }
                model: %s
                inference: %s
                # Its cameras show the same picture again and again.
                cameraWatch: { frozenAfterFrames: 0 }
                belts:
                  slow: { speedMetresPerSecond: 0.01, transportMarginMillis: 20, residualLane: residue, ejectors: { glass: { number: 1, distanceMetres: 1.0 } } }
                lines:
                """
                        .formatted(broker.bootstrapServers(), Samples.model(), Samples.INFERENCE));
        lines.forEach(line -> config.append("  ")
                .append(line)
                .append(": { belt: slow, plan: ")
                .append(PLAN)
                .append(", framesPerItem: ")
                .append(framesPerItem)
                .append(" }\n"));
        return config.toString();
    }
}
