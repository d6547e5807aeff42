// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import dev.sortline.stream.StreamSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka's clients can be set to. They themselves ignore a key that they do not know, so a misspelt one would go unnoticed.
 *
 * <p>A class of somebody else's, an interceptor or a login handler, has keys of its own that nobody here can know: where one is
 * configured, unknown keys pass.
 */
final class KafkaKeys {
    private static final String KAFKAS_OWN = "org.apache.kafka.";
    /** Their parameters have names that the user gives. */
    private static final List<String> FREE = List.of("client.tag.", "config.providers.", "topic.");

    /** Begins a value that a configuration provider fetches. */
    private static final String FROM_ELSEWHERE = "${";

    private static final int MOST_LETTERS_WRONG = 3;

    private static final Map<String, ConfigDef> CLIENTS = Map.of(
            "consumer.", ConsumerConfig.configDef(),
            "main.consumer.", ConsumerConfig.configDef(),
            "restore.consumer.", ConsumerConfig.configDef(),
            "global.consumer.", ConsumerConfig.configDef(),
            "producer.", ProducerConfig.configDef(),
            "admin.", AdminClientConfig.configDef());

    private static final Map<String, List<ConfigKey>> KNOWN = known();

    private KafkaKeys() {}

    /**
     * What is wrong with a property, if anything; never with its value, which may be a password.
     *
     * @param kafka all of them
     */
    static Optional<String> problem(String key, @Nullable Object value, Map<String, Object> kafka) {
        List<ConfigKey> known = KNOWN.get(key);
        if (known != null) {
            return refused(known, value);
        }
        if (FREE.stream().anyMatch(key::startsWith) || bringsOthersClasses(kafka)) {
            return Optional.empty();
        }
        return Optional.of("no Kafka client has this setting"
                + nearest(key).map(near -> "; is '" + near + "' meant?").orElse(""));
    }

    /** Clients may differ in what they take: one that takes it is enough. */
    private static Optional<String> refused(List<ConfigKey> known, @Nullable Object value) {
        if (value == null) {
            return Optional.of("has no value");
        }
        if (String.valueOf(value).contains(FROM_ELSEWHERE)) {
            return Optional.empty();
        }
        Optional<String> refused = Optional.empty();
        for (ConfigKey key : known) {
            refused = refused(key, value);
            if (refused.isEmpty()) {
                break;
            }
        }
        return refused;
    }

    private static Optional<String> refused(ConfigKey key, Object value) {
        try {
            Object parsed = ConfigDef.parseType(key.name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
            }
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(
                    key.type == ConfigDef.Type.PASSWORD
                            ? "must be text; put it in quotation marks"
                            : String.valueOf(e.getMessage()));
        }
    }

    private static boolean bringsOthersClasses(Map<String, Object> kafka) {
        return kafka.entrySet().stream()
                .filter(property -> property.getValue() != null)
                .anyMatch(property -> namesClasses(property.getKey())
                        && classes(property.getValue()).anyMatch(name -> !name.startsWith(KAFKAS_OWN)));
    }

    private static boolean namesClasses(String key) {
        return KNOWN.getOrDefault(key, List.of()).stream()
                .anyMatch(known -> known.type == ConfigDef.Type.CLASS
                        || (known.type == ConfigDef.Type.LIST
                                && (key.endsWith("classes") || key.endsWith("reporters"))));
    }

    private static Stream<String> classes(Object value) {
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf)
                : Stream.of(String.valueOf(value).split(",", -1)).map(String::strip);
    }

    private static Optional<String> nearest(String key) {
        return KNOWN.keySet().stream()
                .filter(known -> distance(key, known) <= MOST_LETTERS_WRONG)
                .min(Comparator.comparingInt(known -> distance(key, known)));
    }

    /** How many letters must be changed, put in or left out to make one of the other (Levenshtein). */
    private static int distance(String one, String other) {
        int[] above = IntStream.rangeClosed(0, other.length()).toArray();
        for (int row = 1; row <= one.length(); row++) {
            int[] here = new int[other.length() + 1];
            here[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int changed = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
                here[column] = Math.min(above[column - 1] + changed, 1 + Math.min(above[column], here[column - 1]));
            }
            above = here;
        }
        return above[other.length()];
    }

    private static Map<String, List<ConfigKey>> known() {
        Map<String, List<ConfigKey>> known = new TreeMap<>();
        StreamSettings.streamsSettings().configKeys().values().forEach(key -> add(known, "", key));
        CLIENTS.forEach((prefix, client) -> client.configKeys().values().forEach(key -> {
            add(known, "", key);
            add(known, prefix, key);
        }));
        return known;
    }

    private static void add(Map<String, List<ConfigKey>> known, String prefix, ConfigKey key) {
        known.computeIfAbsent(prefix + key.name, unused -> new ArrayList<>()).add(key);
    }
}
