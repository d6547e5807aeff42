// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.gate;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The gate of one camera: knows frames of its empty belt without the network. It learns from frames that the network calls empty, and from
 * how unlike these those are in which it sees an item. It is open while half of the empty frames or more are less unlike than all items but
 * so few that at most one in {@value LeastItems#ITEMS_TO_ONE_TAKEN} would be taken for empty; where belt and items cannot be told apart it
 * stays shut. Of all frames a sample, drawn by chance, goes to the network whatever the gate says: the gate learns from these alone while it
 * is open, and once the network sees an item in one that it would have called empty, it is shut until it has learned anew, from twice as many
 * items. It forgets what it knows of the items with what it knows of the belt: when the camera sees another belt than before.
 *
 * <p>Safe for use by all threads.
 */
public final class EmptyGate {
    /** One frame of so many goes to the network in any case. */
    static final int SAMPLED = 20;

    static final int LEAST_EMPTY = 200;

    /** The answers of the network from which the belt is learned are at least so sure. */
    static final double SURE = 0.8;

    /** Of items in a row, without an empty belt between them, so many are counted: a belt that stands shows the same one all the time. */
    static final int MOST_OF_A_ROW = 20;

    /** While the belt stands, so that it shows the same stretch all the time, one view of so many is learned from. */
    private static final int STANDING = 16;

    private static final int MOST_STRICT = 4;
    /** As large a share of the last empty frames must lie below the bound: else it would not be worth it. */
    private static final double KNOWN = 0.5;
    /** And no more than this is wanted: what is more unlike is for the network to look at. */
    private static final double WANTED = 0.99;
    /** So many frames in a row of another size or quality, and that is what the camera sends now. */
    private static final int STRANGERS = 64;
    /** Where half of the last so many empty frames are more unlike than this, the camera sees another belt: of the same one hardly any is. */
    private static final int LAST = 32;

    private static final double MOVED = 6;

    private final SplittableRandom chance;
    private final boolean severalFrames;
    private @Nullable LearnedBelt belt;
    private int strictness = 1;
    private LeastItems items = new LeastItems(strictness);
    private final double[] emptyFrames = new double[256];
    private int emptyCount;
    private int itemsInARow;
    private int stood;
    private int strangers;
    private long epoch;
    private long judged;
    /** The last frame that may show an item, and the last in which the network saw none. */
    private long lastUnlike;

    private long lastEmpty;
    /** Less unlike than this are the {@link #KNOWN} and the {@link #WANTED} of the last empty frames. */
    private double known = Double.POSITIVE_INFINITY;

    private double wanted = Double.NEGATIVE_INFINITY;
    private double bound = Double.NEGATIVE_INFINITY;
    private boolean open;
    private boolean mistaken;

    /**
     * A gate that knows nothing yet.
     *
     * @param seed of the sample
     * @param severalFrames whether frames that follow each other show the same item: then all are for the network from the first that may
     *     show one to the first in which the network sees none, so that no item falls apart in two
     */
    public EmptyGate(long seed, boolean severalFrames) {
        this.chance = new SplittableRandom(seed);
        this.severalFrames = severalFrames;
    }

    /**
     * What the gate makes of a frame.
     *
     * @param unlikeness to the empty belt; not a number where none is known, or the frame cannot be held against it
     * @param isEmpty whether it is known to show an empty belt
     * @param isAnswered whether the network need not look at it
     * @param learns whether the gate learns how the belt looks from it, should it be empty
     * @param epoch what the gate had learned by then
     * @param number which of all frames it is
     */
    record Judgement(double unlikeness, boolean isEmpty, boolean isAnswered, boolean learns, long epoch, long number) {}

    /**
     * Lets a frame through.
     *
     * @param answers whether the gate may answer it; else the network looks at it in any case
     */
    public GatedFrame frame(boolean answers) {
        return new GatedFrame(this, answers);
    }

    /** Whether it knows an empty belt. */
    public synchronized boolean isOpen() {
        return open;
    }

    /** Whether it took an item for an empty belt, and has not learned anew since. */
    public synchronized boolean isMistaken() {
        return mistaken;
    }

    /** Forgets what it knows, for another model answers now. */
    public synchronized void learnAnew() {
        strictness = 1;
        mistaken = false;
        forget();
    }

    Judgement judge(BeltView view, boolean answers) {
        synchronized (this) {
            judged++;
            boolean sampled = chance.nextInt(SAMPLED) == 0;
            boolean learns = sampled || !(open && answers);
            double unlikeness =
                    belt == null || !belt.isKnown() || !belt.fits(view) ? Double.NaN : belt.unlikeness(view);
            boolean like = open && unlikeness < bound;
            boolean empty = like && !(severalFrames && lastEmpty < lastUnlike);
            boolean answered = empty && answers && !sampled;
            if (!like) {
                lastUnlike = judged;
            }
            if (answered) {
                itemsInARow = 0;
            }
            return new Judgement(unlikeness, empty, answered, learns, epoch, judged);
        }
    }

    /**
     * The network has looked at a frame.
     *
     * @param confidence of its answer, 0 to 1
     * @return whether it contradicts the gate
     */
    boolean learn(BeltView view, Judgement judgement, boolean empty, double confidence) {
        synchronized (this) {
            if (empty) {
                lastEmpty = Math.max(lastEmpty, judgement.number());
            }
            if (judgement.epoch() != epoch || isStrange(view)) {
                return false;
            }
            if (!empty && judgement.isEmpty()) {
                mistaken = true;
                strictness = Math.min(2 * strictness, MOST_STRICT);
                forget();
                return true;
            }
            boolean scored = !Double.isNaN(judgement.unlikeness());
            if (!empty && scored) {
                itemsInARow++;
                items.add(judgement.unlikeness(), itemsInARow <= (severalFrames ? 1 : MOST_OF_A_ROW));
                decide();
            }
            if (empty && confidence >= SURE) {
                itemsInARow = 0;
                if (judgement.learns() && isNews(view)) {
                    learn(view);
                    if (scored) {
                        learn(judgement.unlikeness());
                    }
                }
            }
            return false;
        }
    }

    private boolean isNews(BeltView view) {
        return belt == null || !belt.stands(view) || ++stood % STANDING == 0;
    }

    private void learn(BeltView view) {
        if (belt == null) {
            belt = new LearnedBelt(view);
        } else {
            belt.learn(view);
        }
    }

    /** An empty frame was so unlike. */
    private void learn(double unlikeness) {
        emptyFrames[emptyCount++ % emptyFrames.length] = unlikeness;
        if (isMoved()) {
            forget();
        } else if (emptyCount >= LEAST_EMPTY) {
            double[] sorted = sorted(Math.min(emptyCount, emptyFrames.length));
            known = sorted[(int) (KNOWN * sorted.length)];
            wanted = sorted[Math.min(sorted.length - 1, (int) (WANTED * sorted.length))];
            decide();
        }
    }

    private boolean isStrange(BeltView view) {
        if (belt == null || belt.fits(view)) {
            strangers = 0;
            return false;
        }
        if (++strangers >= STRANGERS) {
            forget();
        }
        return true;
    }

    /** Where it is open, and up to which unlikeness. */
    private void decide() {
        double safe = items.bound();
        open = safe > known;
        bound = Math.min(safe, wanted);
        mistaken = mistaken && !open;
    }

    private boolean isMoved() {
        return (belt != null && belt.isInOtherLight()) || (emptyCount >= LAST && sorted(LAST)[LAST / 2] > MOVED);
    }

    /** How unlike the last empty frames were, the least first. */
    private double[] sorted(int last) {
        double[] sorted = new double[last];
        for (int i = 0; i < last; i++) {
            sorted[i] = emptyFrames[(emptyCount - 1 - i) % emptyFrames.length];
        }
        Arrays.sort(sorted);
        return sorted;
    }

    private void forget() {
        epoch++;
        belt = null;
        items = new LeastItems(strictness);
        itemsInARow = 0;
        emptyCount = 0;
        strangers = 0;
        known = Double.POSITIVE_INFINITY;
        wanted = Double.NEGATIVE_INFINITY;
        bound = Double.NEGATIVE_INFINITY;
        open = false;
    }
}
