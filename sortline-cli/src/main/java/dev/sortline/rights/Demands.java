// SPDX-License-Identifier: Apache-2.0
package dev.sortline.rights;

/**
 * What the rights of roles depend on.
 *
 * @param classifierGroup Kafka Streams' application id: the classifier's group, and how its own topics begin
 * @param gatewayGroup the gateways' group
 * @param watchesFolders whether pictures are taken from folders, where frames in doubt are looked for after a crash
 * @param transactions whether Kafka Streams works exactly once, which it does in transactions
 * @param creates whether commands make the topics that are missing, and look at the settings of those that are there
 */
public record Demands(
        String classifierGroup, String gatewayGroup, boolean watchesFolders, boolean transactions, boolean creates) {
    public Demands {
        if (classifierGroup.isBlank() || gatewayGroup.isBlank()) {
            throw new IllegalArgumentException("classifierGroup is '%s' and gatewayGroup '%s': both must be a name"
                    .formatted(classifierGroup, gatewayGroup));
        }
    }

    /** With topics made as well. */
    public Demands withCreation() {
        return new Demands(classifierGroup, gatewayGroup, watchesFolders, transactions, true);
    }

    /** With folders watched as well. */
    public Demands withFolders() {
        return new Demands(classifierGroup, gatewayGroup, true, transactions, creates);
    }
}
