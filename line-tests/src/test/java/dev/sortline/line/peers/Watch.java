// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A real Prometheus with our rules and a real Alertmanager with our settings, on loopback, ten times as quick: what an alert waits for is a
 * tenth, as are the time that a rule looks back, the frames that a line has had by then and how long a camera may be silent, and messages
 * are not held back.
 */
public final class Watch implements AutoCloseable {
    private static final Path GRAFANA = Path.of("../grafana");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int QUICKER = 10;
    private static final Pattern BACK = Pattern.compile("\\[(\\d+[smh])]");
    private static final Map<String, String> QUICK_BOUNDS =
            Map.of("increase1h > 600", "increase1h > 60", "> 30 < 3600", "> 3 < 360");

    private final Path targets;
    private final int prometheusPort = LoopbackPort.free();
    private final int alertmanagerPort = LoopbackPort.free();
    private final Process alertmanager;
    private final Process prometheus;

    private Watch(Path folder, AlertInbox inbox, Map<String, Integer> ports) throws IOException {
        targets = folder.resolve("targets.json");
        look(ports);
        Path rules = write(folder.resolve("rules.yml"), quickRules());
        Path alerts = write(folder.resolve("alertmanager.yml"), quickMessages(inbox));
        Path config = Files.writeString(
                folder.resolve("prometheus.yml"),
                """
                global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
                rule_files: [ "%s" ]
                alerting: { alertmanagers: [ { static_configs: [ { targets: [ "127.0.0.1:%d" ] } ] } ] }
                scrape_configs: [ { job_name: line, file_sd_configs: [ { files: [ "%s" ], refresh_interval: 1s } ] } ]
                """
                        .formatted(rules.toAbsolutePath(), alertmanagerPort, targets.toAbsolutePath()));
        alertmanager = WatchingProgram.ALERTMANAGER.start(
                folder.resolve("alertmanager.log"),
                List.of(
                        "--config.file=" + alerts,
                        "--storage.path=" + folder.resolve("alertmanager"),
                        "--web.listen-address=127.0.0.1:" + alertmanagerPort,
                        "--cluster.listen-address="));
        prometheus = WatchingProgram.PROMETHEUS.start(
                folder.resolve("prometheus.log"),
                List.of(
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + prometheusPort));
    }

    /**
     * Starts both.
     *
     * @param ports where each job has its metrics, on loopback
     */
    public static Watch start(Path folder, AlertInbox inbox, Map<String, Integer> ports) throws IOException {
        return new Watch(folder, inbox, ports);
    }

    /** Looks at these from now on, and at no others. */
    public void look(Map<String, Integer> ports) throws IOException {
        var text = ports.entrySet().stream()
                .map(each -> "{ \"targets\": [\"127.0.0.1:%d\"], \"labels\": { \"job\": \"%s\" } }"
                        .formatted(each.getValue(), each.getKey()))
                .collect(Collectors.joining(", ", "[", "]"));
        Path written = Files.writeString(targets.resolveSibling("targets.new"), text);
        Files.move(written, targets, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The greatest value that a query finds; not a number where it finds none. */
    public double value(String query) {
        JsonNode found = get(prometheusPort, "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .at("/data/result");
        return found.valueStream()
                .mapToDouble(each -> each.at("/value/1").asDouble())
                .max()
                .orElse(Double.NaN);
    }

    /** Whether an alert is on and kept back because of another. */
    public boolean keptBack(String name) {
        return get(alertmanagerPort, "/api/v2/alerts")
                .valueStream()
                .anyMatch(alert -> alert.at("/labels/alertname").asText().equals(name)
                        && !alert.at("/status/inhibitedBy").isEmpty());
    }

    private static JsonNode get(int port, String path) {
        try {
            return JSON.readTree(HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .timeout(ANSWER_WITHIN)
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            // Not up yet.
            return JSON.createArrayNode();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode quickRules() throws IOException {
        JsonNode rules = YAML.readTree(GRAFANA.resolve("rules/sortline.yml").toFile());
        for (JsonNode group : rules.get("groups")) {
            ((ObjectNode) group).put("interval", "1s");
            for (JsonNode rule : group.get("rules")) {
                ((ObjectNode) rule).put("expr", quick(rule.get("expr").asText()));
                if (rule.has("for")) {
                    ((ObjectNode) rule).put("for", millis(rule.get("for").asText()) / QUICKER + "ms");
                }
            }
        }
        return rules;
    }

    private static String quick(String expression) {
        String quick = BACK.matcher(expression).replaceAll(back -> "[" + millis(back.group(1)) / QUICKER + "ms]");
        for (var bound : QUICK_BOUNDS.entrySet()) {
            quick = quick.replace(bound.getKey(), bound.getValue());
        }
        return quick;
    }

    private static JsonNode quickMessages(AlertInbox inbox) throws IOException {
        JsonNode settings = YAML.readTree(GRAFANA.resolve("alertmanager.yml").toFile());
        ((ObjectNode) settings.get("route")).put("group_wait", "1s").put("group_interval", "1s");
        ((ObjectNode) settings.at("/receivers/0/webhook_configs/0")).put("url", inbox.url());
        return settings;
    }

    private static long millis(String wait) {
        long number = Long.parseLong(wait.substring(0, wait.length() - 1));
        return switch (wait.charAt(wait.length() - 1)) {
            case 's' -> Duration.ofSeconds(number).toMillis();
            case 'm' -> Duration.ofMinutes(number).toMillis();
            case 'h' -> Duration.ofHours(number).toMillis();
            default -> throw new IllegalArgumentException("'%s' is no time".formatted(wait));
        };
    }

    private static Path write(Path file, JsonNode content) throws IOException {
        YAML.writeValue(file.toFile(), content);
        return file;
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : List.of(prometheus, alertmanager)) {
            process.destroyForcibly().waitFor();
        }
    }
}
