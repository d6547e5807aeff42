// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import dev.sortline.camera.publishing.LineCamera;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;

/** What the frames topic holds: tells of frames whose acknowledgement nobody heard. */
public interface PublishedFrames {
    /**
     * Which of a camera's frames are on the topic. Blocks.
     *
     * @param sequences of the frames in doubt
     * @param since when the first of them was taken, or before
     * @return those that are there. One that the topic has dropped since, because it was too old, is not: nobody can tell it from one that never was
     * @throws IOException when the topic cannot be read; the message is one line for a person
     * @throws InterruptedException when interrupted
     */
    Set<Long> among(LineCamera camera, Set<Long> sequences, Instant since) throws IOException, InterruptedException;
}
