// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How often something may be done from one address. Behind a proxy everybody has the proxy's. Of a network of IPv6 all have one share, for one
 * machine has as many addresses there as it likes. Safe for use by several threads.
 */
public final class AddressLimit {
    private static final int MOST_ADDRESSES = 4096;
    private static final int GROUPS_OF_A_NETWORK = 4;

    private final int atOnce;
    private final Duration each;
    private final TimeMeter time;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /**
     * @param atOnce how often in a moment, at least 1
     * @param each after how long once more
     */
    public AddressLimit(int atOnce, Duration each) {
        this(atOnce, each, TimeMeter.SYSTEM_NANOTIME);
    }

    AddressLimit(int atOnce, Duration each, TimeMeter time) {
        this.atOnce = atOnce;
        this.each = each;
        this.time = time;
    }

    /**
     * Does it once.
     *
     * @param detail what is told when it is too often
     * @throws RefusedException saying when it may be done again
     */
    public void take(String address, String detail) {
        var probe = bucket(address).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
            throw Refusal.TOO_MANY.retryAfter(seconds, detail);
        }
    }

    /** As if it had not been done. */
    void giveBack(String address) {
        bucket(address).addTokens(1);
    }

    private Bucket bucket(String address) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(network(address), unused -> Bucket.builder()
                    .withCustomTimePrecision(time)
                    .addLimit(limit -> limit.capacity(atOnce).refillGreedy(1, each))
                    .build());
        }
    }

    /** Java writes all eight groups of an IPv6 address. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] groups = address.replace("[", "").split(":", -1);
        return String.join(":", Arrays.copyOf(groups, Math.min(groups.length, GROUPS_OF_A_NETWORK)));
    }
}
