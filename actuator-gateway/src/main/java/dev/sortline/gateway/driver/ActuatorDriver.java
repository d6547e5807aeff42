// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.Shot;
import java.io.IOException;

/**
 * Speaks to one controller, or serves those that come, in one protocol.
 *
 * <p>All methods but {@link #reaches} are called on one thread that belongs to the driver, so it needs no locks of its own and may
 * wait for its controller, for at most a second a call, and for at most 5 s to reach it. A call that fails with an {@link
 * IOException} loses the connection: {@link #disconnect} follows, and after a while {@link #connect} again. What could not be told is
 * not told later.
 *
 * <p>A driver must see to it that nothing reaches the controller after a call has failed: it cuts the connection by a reset before it
 * says so, for what lies in a socket's buffer would still come. What an ejector gets too late is worse than nothing.
 */
public interface ActuatorDriver {
    /**
     * Reaches the controller, or begins to serve. Switches nothing, for its lines may be another gateway's.
     *
     * @throws IOException when that fails; one line that names the controller
     */
    void connect() throws IOException, InterruptedException;

    /**
     * A line is this gateway's from now on, or still is after the connection was lost: its ejectors that may be held from before are
     * released.
     */
    void takeOver(String lineId) throws IOException, InterruptedException;

    /** Whether the controller has the shot's ejector. Called on any thread. */
    boolean reaches(Shot shot);

    /**
     * Acts now. {@code true} when the controller has taken the command, {@code false} when there is none that listens; then nothing
     * of it is left for one that comes later.
     *
     * @param latestNanos by {@link System#nanoTime}: a command that has not left by then must not leave at all
     * @throws IOException also when it was held up until then
     */
    boolean fire(Shot shot, long latestNanos) throws IOException, InterruptedException;

    /** Says which shot has just been fired, to a controller that does not know it from the command. */
    default void report(Shot shot) throws IOException, InterruptedException {}

    /** Ends the pulse of a shot. */
    void release(Shot shot) throws IOException, InterruptedException;

    /** Tells of an item ahead of its time. */
    void announce(Announcement announcement) throws IOException, InterruptedException;

    /** Tells how a line stands, once a second. */
    void beat(LineStatus status) throws IOException, InterruptedException;

    /**
     * Has the controller show that it is there, where it has been told nothing for a second: what stands by must know its connection
     * to be good.
     */
    void probe() throws IOException, InterruptedException;

    /** Lets go of the controller at once, whatever state the connection is in. Called twice it does nothing. */
    void disconnect();
}
