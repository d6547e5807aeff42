// SPDX-License-Identifier: Apache-2.0
package dev.sortline.metrics;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tag of a metric, and what it can be.
 *
 * @param name lower-case letters and underscores
 * @param words fixed words that it can be; none where all values are configured
 * @param configured what else it can be, for people: something of which there are few; {@code null} where nothing
 */
public record MetricTag(String name, List<String> words, @Nullable String configured) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z_]*");

    public MetricTag {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "tag is '%s': must be lower-case letters and underscores".formatted(name));
        }
        words = List.copyOf(words);
        if (words.isEmpty() && configured == null) {
            throw new IllegalArgumentException("tag '%s' has no values".formatted(name));
        }
    }

    /** A tag that is one of these words. */
    static MetricTag oneOf(String name, String... words) {
        return new MetricTag(name, List.of(words), null);
    }

    /**
     * A tag with configured values.
     *
     * @param configured what they are
     */
    static MetricTag each(String name, String configured) {
        return new MetricTag(name, List.of(), configured);
    }

    /** This tag, which can be these words besides. */
    MetricTag or(String... others) {
        return new MetricTag(name, List.of(others), configured);
    }

    /** Whether the tag can be that. */
    public boolean allows(String value) {
        return configured != null || words.contains(value);
    }

    /** What it can be, for people. */
    public String values() {
        String fixed = String.join(", ", words.stream().map("`%s`"::formatted).toList());
        return configured == null ? fixed : words.isEmpty() ? configured : configured + ", " + fixed;
    }
}
