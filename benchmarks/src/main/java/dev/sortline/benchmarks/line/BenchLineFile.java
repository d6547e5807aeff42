// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.contract.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The {@code line.yaml} of a measurement, and its plan: lines on belts of 1 m/s, each belt with an ejector a label, a metre apart.
 *
 * @param nearestMetres of each line by its id, how far it is from the camera to the nearest ejector: an item is there after as many seconds
 * @param pagePort where the operator's page is served, with a line of its own for photos to try; 0 for no page
 * @param cameraUrls by the id of a line, where its camera gives JPEGs over HTTP
 * @param inference how the network is to be run, as the line file's section of that name has it; what is absent is measured
 */
public record BenchLineFile(
        Map<String, Double> nearestMetres,
        int pagePort,
        Map<String, String> cameraUrls,
        Map<String, String> inference) {
    /** On a belt of this length nothing is ever late. */
    private static final double ENDLESS = 1e6;
    /** An item is there as soon as on the belt of {@code samples/line.yaml}, whose speed is another. */
    private static final double SAMPLE = 1.5;

    /** The line for photos to try. */
    private static final String TRIAL_LINE = "try";

    // Names that no label has.
    private static final String RESIDUAL_LANE = "residual lane";
    private static final String RESIDUE = "what no label names";

    public BenchLineFile {
        if (nearestMetres.isEmpty()) {
            throw new IllegalArgumentException("nearestMetres is empty: there must be a line at least");
        }
        nearestMetres = Map.copyOf(nearestMetres);
        cameraUrls = Map.copyOf(cameraUrls);
        inference = Map.copyOf(inference);
    }

    /** Without a page and without cameras. */
    public BenchLineFile(Map<String, Double> nearestMetres) {
        this(nearestMetres, 0, Map.of(), Map.of());
    }

    /** Lines on which nothing is ever late. */
    public static BenchLineFile endless(List<String> lines) {
        return new BenchLineFile(lines.stream().collect(Collectors.toMap(Function.identity(), line -> ENDLESS)));
    }

    /** Lines on which an item is in front of the nearest ejector as soon as on the belt of {@code samples/line.yaml}. */
    public static BenchLineFile sample(List<String> lines) {
        return new BenchLineFile(lines.stream().collect(Collectors.toMap(Function.identity(), line -> SAMPLE)));
    }

    /** The same, with the operator's page on a port. */
    public BenchLineFile withPage(int port) {
        return new BenchLineFile(nearestMetres, port, cameraUrls, inference);
    }

    /** The same, with cameras that give JPEGs over HTTP, by the id of their line. */
    public BenchLineFile withCameras(Map<String, String> urls) {
        return new BenchLineFile(nearestMetres, pagePort, urls, inference);
    }

    /** The same, with what is set of how the network is run. */
    BenchLineFile withInference(Map<String, String> settings) {
        return new BenchLineFile(nearestMetres, pagePort, cameraUrls, settings);
    }

    /** These lines and those. */
    public BenchLineFile with(BenchLineFile others) {
        Map<String, Double> all = new LinkedHashMap<>(nearestMetres);
        all.putAll(others.nearestMetres);
        return new BenchLineFile(all, pagePort, cameraUrls, inference);
    }

    /**
     * Ids of so many lines that lie as evenly as can be on the partitions of the topics, so that none of these has more to do than the
     * others.
     *
     * @param prefix what the ids begin with
     */
    public static List<String> evenly(String prefix, int count) {
        var ids = new ArrayList<String>();
        int[] taken = new int[Topic.PARTITIONS];
        for (int number = 1; ids.size() < count; number++) {
            String id = prefix + "-" + number;
            int partition = Topic.partitionOf(id, Topic.PARTITIONS);
            if (taken[partition] <= ids.size() / Topic.PARTITIONS) {
                taken[partition]++;
                ids.add(id);
            }
        }
        return ids;
    }

    /**
     * The line file's text, in that part of YAML that is JSON.
     *
     * @param plan the plan's file
     */
    String text(String bootstrapServers, String group, String model, int port, String plan, List<String> labels) {
        Map<String, Object> belts = new LinkedHashMap<>();
        Map<String, Object> lines = new LinkedHashMap<>();
        nearestMetres.forEach((line, metres) -> {
            belts.computeIfAbsent("belt-" + metres, name -> belt(sorted(labels), metres));
            lines.put(line, Map.of("belt", "belt-" + metres, "plan", plan));
        });
        Map<String, Object> content = new LinkedHashMap<>(Map.of(
                "kafka",
                Map.of("bootstrap.servers", bootstrapServers, "application.id", group),
                "model",
                model,
                "http",
                Map.of("port", port),
                "belts",
                belts,
                "lines",
                lines));
        if (!inference.isEmpty()) {
            content.put("inference", inference);
        }
        if (pagePort > 0) {
            belts.put(TRIAL_LINE, belt(List.of(), 0));
            lines.put(TRIAL_LINE, Map.of("belt", TRIAL_LINE, "plan", plan));
            content.put("console", Map.of("port", pagePort, "trialLine", TRIAL_LINE));
        }
        if (!cameraUrls.isEmpty()) {
            Map<String, Object> cameras = new LinkedHashMap<>();
            cameraUrls.forEach((line, url) ->
                    cameras.put(line, Map.of("camera-1", Map.of("source", Map.of("type", "mjpeg", "url", url)))));
            content.put("cameras", cameras);
        }
        return json(content);
    }

    /** The text of a plan by which each label is a fraction with a lane of its own. */
    static String planText(List<String> labels) {
        Map<String, Object> fractions = new LinkedHashMap<>();
        sorted(labels).forEach(label -> fractions.put(label, fraction(label, label, List.of(label), 0.5, 0.1)));
        fractions.put(RESIDUE, fraction(RESIDUE, RESIDUAL_LANE, List.of(), 0, 0));
        return json(Map.of("fallback", RESIDUE, "fractions", fractions));
    }

    private static Map<String, Object> fraction(
            String name, String lane, List<String> labels, double leastConfidence, double leastGap) {
        var wording = Map.of("en", name, "id", name);
        return Map.of(
                "name",
                wording,
                "advice",
                wording,
                "labels",
                labels,
                "lane",
                lane,
                "leastConfidence",
                leastConfidence,
                "leastGap",
                leastGap);
    }

    private static List<String> sorted(List<String> labels) {
        return labels.stream()
                .filter(label -> !label.equals(ModelPackage.EMPTY_LABEL))
                .toList();
    }

    private static String json(Map<String, Object> content) {
        try {
            return new JsonMapper().writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("words and numbers are always representable as JSON", e);
        }
    }

    private static Map<String, Object> belt(List<String> labels, double nearestMetres) {
        Map<String, Object> ejectors = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            ejectors.put(labels.get(i), Map.of("number", i + 1, "distanceMetres", nearestMetres + i));
        }
        return Map.of(
                "speedMetresPerSecond",
                1.0,
                "transportMarginMillis",
                20,
                "residualLane",
                RESIDUAL_LANE,
                "ejectors",
                ejectors);
    }
}
