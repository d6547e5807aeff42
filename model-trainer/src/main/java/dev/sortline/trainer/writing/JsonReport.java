// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.writing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Figures as JSON that people can read, too: indented, with a line break at the end. */
public final class JsonReport {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    /**
     * The text of a report.
     *
     * @param report a record whose components are the keys
     * @throws IllegalArgumentException if Jackson cannot write it
     */
    public static String text(Object report) {
        try {
            return JSON.writeValueAsString(report) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "%s is no report".formatted(report.getClass().getSimpleName()), e);
        }
    }
}
