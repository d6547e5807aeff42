// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console;

import dev.sortline.contract.ClientProperties;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanInForce;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator's page shows, and to whom.
 *
 * @param kafka Kafka client properties, at least {@code bootstrap.servers}
 * @param lines the lines by id, in the order in which they are shown; the trial line is one of them
 * @param trialLine the line that takes photos to try: it has no ejector. Empty when none can be tried
 * @param plans the plans that can be looked through, those of lines first
 * @param model the folder of the model package that the lines decide by
 * @param shadow the folder of the second model's package; empty when there is none
 * @param shifts the shifts by their name, in their order; may be empty
 * @param access where the page is served, and to whom
 */
public record ConsoleSettings(
        Map<String, Object> kafka,
        Map<String, Line> lines,
        Optional<String> trialLine,
        List<PlanInForce> plans,
        Path model,
        Optional<Path> shadow,
        Map<String, Shift> shifts,
        Access access) {
    public ConsoleSettings {
        trialLine.ifPresent(id -> checkTrialLine(id, lines));
        plans = List.copyOf(plans);
    }

    /**
     * Where the page is served, and to whom.
     *
     * @param address the address that is listened on; only on loopback may there be no password
     * @param port TCP port; 0 takes a free one
     * @param viewerPassword file whose first line lets people look and try; without one, everybody may who reaches the address
     * @param operatorPassword file whose first line lets people also review; without one, everybody may who may look
     * @param tls what HTTPS is spoken with; HTTP when empty
     */
    public record Access(
            String address,
            int port,
            Optional<Path> viewerPassword,
            Optional<Path> operatorPassword,
            Optional<Tls> tls) {
        /** On this machine alone, without passwords. */
        public static Access onLoopback(int port) {
            return new Access("127.0.0.1", port, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * The page's certificate and key.
     *
     * @param keyStore a PKCS 12 file
     * @param password file whose first line opens it
     */
    public record Tls(Path keyStore, Path password) {}

    private static void checkTrialLine(String id, Map<String, Line> lines) {
        Line line = lines.get(id);
        if (line == null) {
            throw new IllegalArgumentException("trialLine is '%s': must be one of %s".formatted(id, lines.keySet()));
        }
        if (!line.belt().ejectors().isEmpty()) {
            throw new IllegalArgumentException(
                    "trialLine is '%s', whose belt has ejectors: what is tried must move nothing".formatted(id));
        }
    }

    /** Without the values of client properties: some are passwords. */
    @Override
    public String toString() {
        return "ConsoleSettings[kafka=" + ClientProperties.keys(kafka) + ", lines=" + lines.keySet() + ", trialLine="
                + trialLine + ", model=" + model + ", access=" + access + "]";
    }
}
