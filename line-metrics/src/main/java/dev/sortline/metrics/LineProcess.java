// SPDX-License-Identifier: Apache-2.0
package dev.sortline.metrics;

/** A process of the line that exports metrics. */
public enum LineProcess {
    /** {@code sortline produce}: cameras. */
    PRODUCER("producer"),
    /** {@code sortline classify}. */
    CLASSIFIER("classifier"),
    /** {@code sortline gateway}: ejectors. */
    GATEWAY("gateway"),
    /** {@code sortline console}: the operator's page. */
    CONSOLE("console");

    private final String word;

    LineProcess(String word) {
        this.word = word;
    }

    /** As people call it: {@code producer}. */
    public String word() {
        return word;
    }
}
