// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The schema of the line file, and a file that has every setting. */
final class LineFileSchema {
    private LineFileSchema() {}

    static String text() throws IOException {
        return new SettingsSchema(YamlFile.YAML).of(WrittenLineFile.class);
    }

    static String everySetting() throws IOException {
        try (InputStream file = LineFileSchema.class.getResourceAsStream("every-setting.yaml")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
