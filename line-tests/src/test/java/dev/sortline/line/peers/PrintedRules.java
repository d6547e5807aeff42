// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/** Does what {@code kafka-acls.sh} does with a command of {@code sortline acls}: the script is not among the libraries of the build. */
public final class PrintedRules {
    private PrintedRules() {}

    /** The rules of all the commands that were printed. */
    public static List<AclBinding> of(String printed) {
        return printed.lines()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> rules(List.of(line.split(" ", -1))).stream())
                .toList();
    }

    private static List<AclBinding> rules(List<String> words) {
        if (!words.get(0).equals("kafka-acls.sh") || !words.get(5).equals("--add")) {
            throw new AssertionError("no command that adds: " + words);
        }
        String principal = null;
        ResourceType resource = null;
        String name = null;
        var pattern = PatternType.LITERAL;
        List<AclOperation> operations = new ArrayList<>();
        for (int i = 6; i < words.size(); i += 2) {
            String value = words.get(i + 1);
            switch (words.get(i)) {
                case "--allow-principal" -> principal = value;
                case "--operation" -> operations.add(SecurityUtils.operation(value));
                case "--topic", "--group", "--transactional-id" -> {
                    resource = ResourceType.valueOf(
                            words.get(i).substring(2).replace('-', '_').toUpperCase(Locale.ROOT));
                    name = value;
                }
                case "--resource-pattern-type" -> pattern = PatternType.valueOf(value.toUpperCase(Locale.ROOT));
                default -> throw new AssertionError("kafka-acls.sh has no " + words.get(i));
            }
        }
        var place = new ResourcePattern(resource, name, pattern);
        String whom = principal;
        return operations.stream()
                .map(operation ->
                        new AclBinding(place, new AccessControlEntry(whom, "*", operation, AclPermissionType.ALLOW)))
                .toList();
    }
}
