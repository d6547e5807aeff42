// SPDX-License-Identifier: Apache-2.0
package dev.sortline.rights;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** Rights as a {@code KafkaUser}, by which Strimzi makes the user with a password for SCRAM-SHA-512, and gives it the rights. */
public final class StrimziUser {
    /** What Kubernetes lets things be called. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private final String cluster;

    /** @param cluster what Strimzi's {@code Kafka} is called */
    public StrimziUser(String cluster) {
        this.cluster = named("cluster", cluster);
    }

    /**
     * Its YAML, one document.
     *
     * @throws IllegalArgumentException when Kubernetes lets nothing be called so
     */
    public String yaml(String user, List<Right> rights) {
        var yaml = new StringBuilder(
                """
                apiVersion: kafka.strimzi.io/v1beta2
                kind: KafkaUser
                metadata:
                  name: %s
                  labels:
                    strimzi.io/cluster: %s
                spec:
                  authentication:
                    type: scram-sha-512
                  authorization:
                    type: simple
                    acls:
                """
                        .formatted(named("user", user), cluster));
        for (Right right : rights) {
            yaml.append(
                    """
                          - resource:
                              type: %s
                              name: "%s"
                              patternType: %s
                            operations: [%s]
                            host: "*"
                    """
                            .formatted(
                                    type(right.resource()),
                                    right.name().replace("\\", "\\\\").replace("\"", "\\\""),
                                    right.pattern() == PatternType.PREFIXED ? "prefix" : "literal",
                                    String.join(", ", right.words())));
        }
        return yaml.toString();
    }

    private static String type(ResourceType resource) {
        return switch (resource) {
            case TOPIC -> "topic";
            case GROUP -> "group";
            case TRANSACTIONAL_ID -> "transactionalId";
            default -> throw new IllegalArgumentException("resource is " + resource + ": no role has rights on it");
        };
    }

    private static String named(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "%s is '%s': must be lower-case letters, digits, dots and dashes, as Kubernetes"
                                    .formatted(what, name)
                            + " has it");
        }
        return name;
    }
}
