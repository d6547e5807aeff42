// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import java.util.List;

/**
 * How a gateway does.
 *
 * @param instance the gateway
 * @param state whether it speaks
 * @param dryRun whether it only shows what it would do
 * @param lines the lines that are its own
 * @param obstacles why nothing fires, a line each; empty when ejectors fire
 * @param warnings what deserves a look, a line each
 */
public record GatewayState(
        String instance,
        Presence state,
        boolean dryRun,
        List<String> lines,
        List<String> obstacles,
        List<String> warnings) {
    boolean speaksFor(String line) {
        return state == Presence.ALIVE && lines.contains(line);
    }
}
