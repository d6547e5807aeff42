// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import java.util.List;

/**
 * How a command is, told to whoever watches over it. Asked at each request, from several threads, so answers come at once
 * and from memory.
 */
@FunctionalInterface
public interface Health {
    /** What only a restart would end, a line each: {@code /health/live} answers 503 with it. An outage of others is none. */
    default List<String> deadlocks() {
        return List.of();
    }

    /** What keeps the command from its work just now, a line each: {@code /health/ready} answers 503 with it. */
    List<String> obstacles();

    /** What deserves a look while the work goes on, a line each: {@code /health/ready} tells it below {@code ready}. */
    default List<String> warnings() {
        return List.of();
    }
}
