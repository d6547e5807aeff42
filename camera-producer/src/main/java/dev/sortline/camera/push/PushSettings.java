// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where pictures and triggers are taken over HTTP: {@code push} in the line file. Each setting is described where it is declared;
 * docs/line-file.md is made of that.
 */
public record PushSettings(
        @JsonPropertyDescription("TCP port; 0 takes a free one")
                @JsonProperty(defaultValue = "" + PORT)
                @Min(0) @Max(MOST_PORT) @Nullable Integer port,
        @JsonPropertyDescription("the address that is listened on; only on this machine's own there may be no token")
                @JsonProperty(defaultValue = LOOPBACK)
                @NotBlank @Nullable String address,
        @JsonPropertyDescription(
                        "file whose first line, or env:NAME for an environment variable, every sender must give, as 'Authorization: Bearer'; everybody may send when absent")
                @Nullable Path tokenFile) {
    /** What holds without any setting. */
    public static final PushSettings DEFAULT = new PushSettings(null, null, null);

    private static final int PORT = 8095;
    private static final int MOST_PORT = 65_535;
    private static final String LOOPBACK = "127.0.0.1";

    public PushSettings {
        if (port != null && (port < 0 || port > MOST_PORT)) {
            throw new IllegalArgumentException("port is %d: must be from 0 to %d".formatted(port, MOST_PORT));
        }
        if (address != null && address.isBlank()) {
            throw new IllegalArgumentException("address is blank: must be one of this machine's, or 0.0.0.0 for all");
        }
    }

    /** The same, with paths that start at a folder. */
    public PushSettings startingAt(Path folder) {
        return new PushSettings(port, address, tokenFile == null ? null : folder.resolve(tokenFile));
    }

    int portOrDefault() {
        return port == null ? PORT : port;
    }

    String addressOrDefault() {
        return address == null ? LOOPBACK : address;
    }
}
