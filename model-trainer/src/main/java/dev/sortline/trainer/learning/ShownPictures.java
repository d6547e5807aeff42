// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import java.util.SplittableRandom;

/**
 * Which pictures each batch of an epoch shows: every own picture once, in an order by chance, and beside them in each batch the same number of
 * further ones, which go round and round in orders by chance of their own, from one epoch to the next.
 *
 * <p>What an epoch shows follows from the seed and the epoch alone. Immutable.
 */
final class ShownPictures {
    private final int own;
    private final int further;
    private final int ownInBatch;
    private final int furtherInBatch;
    private final long seed;

    /**
     * @param own pictures, numbered from 0 on
     * @param further pictures, numbered after them; 0 for none
     * @param batch pictures a batch
     * @param furtherShare of a batch, rounded to whole pictures, of which there are at least one of both kinds; without further pictures it
     *     counts for nothing
     */
    ShownPictures(int own, int further, int batch, double furtherShare, long seed) {
        this.own = own;
        this.further = further;
        this.furtherInBatch =
                further == 0 ? 0 : (int) Math.max(1, Math.min(batch - 1, Math.round(batch * furtherShare)));
        this.ownInBatch = batch - furtherInBatch;
        this.seed = seed;
    }

    /** Batches an epoch. */
    int batches() {
        return (own + ownInBatch - 1) / ownInBatch;
    }

    /** Further pictures that an epoch shows, those that it shows twice counted twice. */
    int furtherShown() {
        return batches() * furtherInBatch;
    }

    /**
     * The numbers of the pictures of an epoch, a row a batch.
     *
     * @param epoch from 0 on
     */
    int[][] epoch(int epoch) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + epoch);
        int[] order = order(own, random);
        int[] beside = besideIn(epoch);
        int[][] batches = new int[batches()][];
        for (int i = 0; i < batches.length; i++) {
            int from = i * ownInBatch;
            int count = Math.min(ownInBatch, own - from);
            int[] batch = new int[count + furtherInBatch];
            System.arraycopy(order, from, batch, 0, count);
            System.arraycopy(beside, i * furtherInBatch, batch, count, furtherInBatch);
            // Which pictures of a batch are mixed follows from their places in it.
            if (furtherInBatch > 0) {
                shuffle(batch, random);
            }
            batches[i] = batch;
        }
        return batches;
    }

    /** The further pictures of an epoch, from where the one before left off. */
    private int[] besideIn(int epoch) {
        int[] shown = new int[furtherShown()];
        long before = (long) epoch * shown.length;
        int[] round = {};
        for (int i = 0; i < shown.length; i++) {
            int place = (int) ((before + i) % further);
            if (i == 0 || place == 0) {
                round = order(further, new SplittableRandom(~(seed * 1_000_003 + (before + i) / further)));
            }
            shown[i] = own + round[place];
        }
        return shown;
    }

    private static int[] order(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        shuffle(order, random);
        return order;
    }

    private static void shuffle(int[] numbers, SplittableRandom random) {
        for (int i = numbers.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int number = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = number;
        }
    }
}
