// SPDX-License-Identifier: Apache-2.0
package dev.sortline.metrics;

/** What a metric is, as Prometheus sees it. */
public enum MetricKind {
    /** Only ever grows: exported with {@code _total}. */
    COUNTER("counter"),
    /** Goes up and down. */
    GAUGE("gauge"),
    /** Times, in seconds: exported with {@code _bucket}, {@code _count}, {@code _sum}, and the greatest of late as {@code _max}. */
    TIMER("histogram"),
    /** Values in a unit of their own; exported as a timer is. */
    SUMMARY("histogram"),
    /** Always 1: its tags are what it says. Exported with {@code _info}. */
    INFO("info");

    private final String word;

    MetricKind(String word) {
        this.word = word;
    }

    /** As Prometheus calls it: {@code counter}. */
    public String word() {
        return word;
    }
}
