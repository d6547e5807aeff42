// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.publishing;

import java.time.Duration;

/**
 * What a publisher has done since it was made.
 *
 * @param frames frames that the cluster has acknowledged
 * @param failed frames that it refused or did not acknowledge in time; each is lost
 * @param skipped images that never became a frame, for their file could not be read
 * @param dropped pictures of live cameras for which a newer one was sent, or that had waited for too long
 * @param notAsked pictures that their camera's trigger did not ask for
 * @param heldBack how often a camera had to wait: too much was in flight, or the cluster was not to be reached
 * @param waited the time that cameras waited then, all of them added up
 * @param bytes image bytes of the acknowledged frames
 */
public record Published(
        long frames,
        long failed,
        long skipped,
        long dropped,
        long notAsked,
        long heldBack,
        Duration waited,
        long bytes) {}
