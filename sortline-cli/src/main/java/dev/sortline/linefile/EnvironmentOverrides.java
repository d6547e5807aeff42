// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import dev.sortline.process.CommandFailure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** The environment variables that override single values of the line file. It does not show their values: some are passwords. */
final class EnvironmentOverrides {
    private static final String KAFKA = "SORTLINE_KAFKA_";
    private static final String MODEL = "SORTLINE_MODEL";
    private static final String HTTP_PORT = "SORTLINE_HTTP_PORT";
    private static final String HTTP_ADDRESS = "SORTLINE_HTTP_ADDRESS";
    private static final String CONSOLE_ADDRESS = "SORTLINE_CONSOLE_ADDRESS";
    private static final String CONSOLE_PASSWORD_FILE = "SORTLINE_CONSOLE_VIEWER_PASSWORD_FILE";

    /** Kubernetes tells each container of the services beside it: those of one that is called sortline-kafka look like ours. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            KAFKA + "(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

    /** What it puts into SORTLINE_HTTP_PORT for a service that is called sortline-http. */
    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<String, String> environment;

    /** @param environment all variables of the process */
    EnvironmentOverrides(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The value of a variable that is set. */
    String value(String variable) {
        return Objects.requireNonNull(environment.get(variable));
    }

    /** The variables that set Kafka client properties, by the property. */
    Map<String, String> kafkaVariables() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String variable : environment.keySet()) {
            if (variable.startsWith(KAFKA) && !SERVICE_LINK.matcher(variable).matches()) {
                String property = variable.substring(KAFKA.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                variables.put(property, variable);
            }
        }
        return variables;
    }

    /** The model package's folder; a relative path starts at the working folder. */
    Optional<Path> model() {
        return Optional.ofNullable(environment.get(MODEL)).map(Path::of);
    }

    /**
     * Where health and metrics are served. An address alone serves nothing.
     *
     * @param written what the file says
     * @throws CommandFailure when it is no port
     */
    Optional<LineFile.Http> http(Optional<LineFile.Http> written) {
        String address = Optional.ofNullable(environment.get(HTTP_ADDRESS))
                .filter(given -> !given.isBlank())
                .orElse(written.map(LineFile.Http::address).orElse(null));
        String port = environment.get(HTTP_PORT);
        if (port == null || SERVICE_ADDRESS.matcher(port).matches()) {
            return written.map(http -> new LineFile.Http(http.port(), address));
        }
        try {
            return Optional.of(new LineFile.Http(Integer.parseInt(port), address));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.ofConfiguration(HTTP_PORT + " is '" + port + "': must be a port from 0 to 65535");
        }
    }

    /** The address that the operator's page listens on. */
    Optional<String> consoleAddress() {
        return Optional.ofNullable(environment.get(CONSOLE_ADDRESS)).filter(address -> !address.isBlank());
    }

    /** The file of the password with which people may look at the operator's page. */
    Optional<Path> consoleViewerPasswordFile() {
        return Optional.ofNullable(environment.get(CONSOLE_PASSWORD_FILE))
                .filter(file -> !file.isBlank())
                .map(Path::of);
    }
}
