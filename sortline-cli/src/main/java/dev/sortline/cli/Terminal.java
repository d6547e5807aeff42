// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

/** Whether a person watches. */
final class Terminal {
    private Terminal() {}

    /** Standard input and output are a terminal, so lines may be drawn over. */
    @SuppressWarnings("SystemConsoleNull") // true from JDK 22 on, where a redirected run is redrawn too
    static boolean interactive() {
        return System.console() != null;
    }
}
