// SPDX-License-Identifier: Apache-2.0
package dev.sortline.rights;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;

/** Rights as commands for Kafka's own {@code kafka-acls.sh}, one a line, for a POSIX shell. They can be repeated without harm. */
public final class KafkaAcls {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,=@%+-]+");

    private final String bootstrapServers;
    private final String commandConfig;

    /**
     * For one cluster.
     *
     * @param bootstrapServers where it is, as host:port
     * @param commandConfig the file with the properties by which an administrator gets in
     */
    public KafkaAcls(String bootstrapServers, String commandConfig) {
        this.bootstrapServers = bootstrapServers;
        this.commandConfig = commandConfig;
    }

    /**
     * The commands that give them to somebody.
     *
     * @param principal as Kafka calls them, {@code User:…}
     */
    public List<String> commands(String principal, List<Right> rights) {
        return rights.stream().map(right -> command(principal, right)).toList();
    }

    private String command(String principal, Right right) {
        return "kafka-acls.sh --bootstrap-server " + quoted(bootstrapServers) + " --command-config "
                + quoted(commandConfig) + " --add --allow-principal " + quoted(principal)
                + right.words().stream().map(" --operation "::concat).collect(Collectors.joining())
                + " --" + right.resource().name().toLowerCase(Locale.ROOT).replace('_', '-') + " "
                + quoted(right.name())
                + (right.pattern() == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
