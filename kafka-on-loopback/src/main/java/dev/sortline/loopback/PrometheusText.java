// SPDX-License-Identifier: Apache-2.0
package dev.sortline.loopback;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a process answers under {@code /metrics}, in Prometheus' text format. */
public final class PrometheusText {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:\\\\.|[^\"\\\\])*)\"");

    private PrometheusText() {}

    /**
     * One line of it.
     *
     * @param name the metric
     * @param labels its labels
     * @param value its value
     */
    public record Series(String name, Map<String, String> labels, double value) {}

    /** All of it; what is no sample is left out. */
    public static List<Series> series(String text) {
        return series(text.lines().filter(line -> !line.startsWith("#")));
    }

    /** The series of one metric. */
    public static List<Series> series(String text, String name) {
        return series(text.lines().filter(line -> line.startsWith(name + "{") || line.startsWith(name + " ")));
    }

    private static List<Series> series(Stream<String> lines) {
        return lines.map(SAMPLE::matcher)
                .filter(sample -> sample.matches())
                .map(sample ->
                        new Series(sample.group(1), labels(sample.group(2)), Double.parseDouble(sample.group(3))))
                .toList();
    }

    private static Map<String, String> labels(@Nullable String text) {
        var labels = new LinkedHashMap<String, String>();
        if (text != null) {
            LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return labels;
    }
}
