// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.console.ConsoleSettings;
import dev.sortline.console.Shift;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code console} in the line file: where the operator's page is served, and what it shows. */
public record WrittenConsole(
        @JsonPropertyDescription("TCP port; 0 takes a free one")
                @JsonProperty(defaultValue = "" + PORT)
                @Min(0) @Max(MOST_PORT) @Nullable Integer port,
        @JsonPropertyDescription("the address that is listened on; only on this machine's own there may be no password")
                @JsonProperty(defaultValue = LOOPBACK)
                @NotBlank @Nullable String address,
        @JsonPropertyDescription(
                        "the line that takes photos to try: its belt has no ejector; none can be tried when absent")
                @Nullable String trialLine,
        @JsonPropertyDescription("files of plans to look through, beside those of the lines") @Nullable List<Path> plans,
        @JsonPropertyDescription(
                        "file whose first line, or env:NAME for an environment variable, lets people look and try; everybody may when absent")
                @Nullable Path viewerPasswordFile,
        @JsonPropertyDescription(
                        "file whose first line, or env:NAME for an environment variable, lets people also review; everybody may who may look when absent")
                @Nullable Path operatorPasswordFile,
        @JsonPropertyDescription("what HTTPS is spoken with; HTTP when absent") @Nullable WrittenTls tls,
        @JsonPropertyDescription("the shifts by their name, for the report") @Nullable Map<String, Shift> shifts) {
    private static final int PORT = 8090;
    private static final int MOST_PORT = 65_535;
    private static final String LOOPBACK = "127.0.0.1";

    /** A page as it is without any setting. */
    static final WrittenConsole DEFAULT = new WrittenConsole(null, null, null, null, null, null, null, null);

    public WrittenConsole {
        if (port != null && (port < 0 || port > MOST_PORT)) {
            throw new IllegalArgumentException("port is %d: must be from 0 to %d".formatted(port, MOST_PORT));
        }
        if (address != null && address.isBlank()) {
            throw new IllegalArgumentException("address is blank: must be one of this machine's, or 0.0.0.0 for all");
        }
        plans = plans == null ? List.of() : List.copyOf(plans);
    }

    /** The certificate and key of HTTPS. */
    public record WrittenTls(
            @JsonPropertyDescription("a PKCS 12 file") @JsonProperty(required = true) Path keyStore,
            @JsonPropertyDescription("file whose first line, or env:NAME for an environment variable, opens it")
                    @JsonProperty(required = true)
                    Path passwordFile) {}

    /**
     * Where the page is served, and to whom.
     *
     * @param folder where relative paths start
     * @param environment wins over the file
     */
    ConsoleSettings.Access access(Path folder, EnvironmentOverrides environment) {
        return new ConsoleSettings.Access(
                environment.consoleAddress().orElse(address == null ? LOOPBACK : address),
                port == null ? PORT : port,
                environment.consoleViewerPasswordFile().or(() -> Optional.ofNullable(viewerPasswordFile)
                        .map(folder::resolve)),
                Optional.ofNullable(operatorPasswordFile).map(folder::resolve),
                Optional.ofNullable(tls)
                        .map(files -> new ConsoleSettings.Tls(
                                folder.resolve(files.keyStore()), folder.resolve(files.passwordFile()))));
    }
}
