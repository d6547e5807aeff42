// SPDX-License-Identifier: Apache-2.0
package dev.sortline.sorting;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The plan by which lines sort at the moment. It can be replaced while they run: an item is judged by the one edition that is in force when
 * it is decided. Safe for use by several threads.
 */
public final class PlanInForce {
    private final List<Consumer<PlanEdition>> followers = new CopyOnWriteArrayList<>();
    private volatile PlanEdition edition;

    public PlanInForce(PlanEdition edition) {
        this.edition = edition;
    }

    /** The edition in force; whoever asks it more than one thing asks for it once. */
    public PlanEdition edition() {
        return edition;
    }

    /** Puts another edition in force, from the next item on. It must fit the {@linkplain Line#checkLanes belts} of the lines. */
    public void replaceBy(PlanEdition next) {
        followers.forEach(follower -> follower.accept(next));
        edition = next;
    }

    /** Tells somebody of the edition in force now, and of every later one just before it comes in force. */
    public void follow(Consumer<PlanEdition> follower) {
        followers.add(follower);
        follower.accept(edition);
    }
}
