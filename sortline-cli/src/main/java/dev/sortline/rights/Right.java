// SPDX-License-Identifier: Apache-2.0
package dev.sortline.rights;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/**
 * What may be done with something on the cluster, from any host.
 *
 * @param resource what it is
 * @param pattern whether {@code name} is its name, {@code LITERAL}, or how its name begins, {@code PREFIXED}
 * @param name its name, or how that begins
 * @param operations what may be done, at least one thing
 */
public record Right(ResourceType resource, PatternType pattern, String name, Set<AclOperation> operations) {
    public Right {
        if (pattern != PatternType.LITERAL && pattern != PatternType.PREFIXED) {
            throw new IllegalArgumentException("pattern is " + pattern + ": must be LITERAL or PREFIXED");
        }
        if (name.isEmpty() || name.equals("*")) {
            throw new IllegalArgumentException("name is '" + name + "': must be one, and not of everything");
        }
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("operations is empty: must be at least one");
        }
        operations = Set.copyOf(operations);
    }

    static Right literal(ResourceType resource, String name, Set<AclOperation> operations) {
        return new Right(resource, PatternType.LITERAL, name, operations);
    }

    /** The operations as Kafka's tools write them, always in the same order. */
    List<String> words() {
        return EnumSet.copyOf(operations).stream()
                .map(SecurityUtils::operationName)
                .toList();
    }
}
