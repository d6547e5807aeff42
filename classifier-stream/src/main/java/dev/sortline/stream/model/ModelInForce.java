// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.model;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.contract.RoutingEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model by which lines are decided at the moment. It can be replaced while they run: a frame is looked at by the one model that is in
 * force when it is taken in hand. Safe for use by several threads.
 */
public final class ModelInForce implements AutoCloseable {
    /** Far above what a frame takes. Of a run that does not end by then nothing may be freed. */
    static final Duration LAST_FRAME_WITHIN = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ModelInForce.class);

    /** The one in force, and those whose last frames are not out. */
    private final List<ModelEdition> living = new CopyOnWriteArrayList<>();

    private final List<Consumer<ImageClassifier>> followers = new CopyOnWriteArrayList<>();
    private volatile ModelEdition edition;
    private volatile boolean left;

    /** @param classifier an opened model; whoever opened it closes it, or this once it has been {@linkplain #replaceBy replaced} */
    public ModelInForce(ImageClassifier classifier) {
        this(classifier, nameOf(classifier));
    }

    /** As {@link #ModelInForce(ImageClassifier)}, under another name than its package has. */
    public ModelInForce(ImageClassifier classifier, RoutingEvent.Model model) {
        edition = new ModelEdition(new WatchedClassifier(classifier, System::nanoTime), model);
        living.add(edition);
    }

    /** As what it decides is told; of a frame in hand {@link ModelUse#model} says it. */
    public RoutingEvent.Model model() {
        return edition.model();
    }

    /** The model in force, to be asked what it is and how it is run; frames are looked at in a {@linkplain #take use}. */
    public ImageClassifier classifier() {
        return edition.classifier();
    }

    /** Takes a frame in hand. */
    public ModelUse take() {
        while (true) {
            ModelEdition now = edition;
            if (now.begin()) {
                return new ModelUse(now);
            }
            // It was retired in between, so another is in force already.
            Thread.onSpinWait();
        }
    }

    /** Tells somebody of the model in force now, and of every later one just before it comes in force. */
    public void follow(Consumer<ImageClassifier> follower) {
        followers.add(follower);
        follower.accept(classifier());
    }

    /**
     * Puts another model in force, from the next frame on, waits until the last frame of the one before is out, and closes that. What waits
     * is the calling thread alone.
     *
     * @param next an opened model, warm; its labels must go with the plans of the lines. Closed at once when frames are no longer taken
     * @return whether the one before is closed. One with a run that does not end is left behind with its memory
     * @throws ClassifierClosedException when it was {@linkplain #leave left}
     */
    public boolean replaceBy(ImageClassifier next) {
        return replaceBy(next, nameOf(next));
    }

    /** As {@link #replaceBy(ImageClassifier)}, under another name than its package has. */
    public synchronized boolean replaceBy(ImageClassifier next, RoutingEvent.Model model) {
        var coming = new ModelEdition(new WatchedClassifier(next, System::nanoTime), model);
        if (left) {
            next.close();
            throw new ClassifierClosedException();
        }
        try {
            followers.forEach(follower -> follower.accept(next));
        } catch (RuntimeException e) {
            next.close();
            throw e;
        }
        ModelEdition before = edition;
        living.add(coming);
        edition = coming;
        if (left) {
            coming.classifier().leave();
        }
        if (!before.retire(LAST_FRAME_WITHIN)) {
            LOG.error(
                    "A frame has been in the hands of model {} {} for more than {} s: it is left behind with its memory",
                    before.model().name(),
                    before.model().version(),
                    LAST_FRAME_WITHIN.toSeconds());
            return false;
        }
        living.remove(before);
        before.classifier().close();
        return true;
    }

    private static RoutingEvent.Model nameOf(ImageClassifier classifier) {
        return new RoutingEvent.Model(
                classifier.model().name(), classifier.model().version());
    }

    /** How many threads have been waiting for an answer for longer than that. */
    long awaitedLongerThan(Duration time) {
        return living.stream()
                .mapToLong(each -> each.classifier().awaitedLongerThan(time))
                .sum();
    }

    /** How many threads wait for an answer. */
    int awaited() {
        return living.stream().mapToInt(each -> each.classifier().awaited()).sum();
    }

    /** From now on every answer is a {@link ClassifierClosedException}, and no other model comes in force. */
    void leave() {
        left = true;
        living.forEach(each -> each.classifier().leave());
    }

    /** Closes the model in force. No frame may be in hand. */
    @Override
    public void close() {
        edition.classifier().close();
    }
}
