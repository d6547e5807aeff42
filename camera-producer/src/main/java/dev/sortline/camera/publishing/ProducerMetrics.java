// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.publishing;

import java.util.List;

/** The tags of the producer's metrics, and what became of pictures in a word. */
public final class ProducerMetrics {
    /** Tag: what became of a trigger. */
    public static final String FATE = "fate";

    /** Tag: why a connection ended. */
    public static final String FAULT = "fault";

    /** Tag: what is wrong with what a camera sees. */
    public static final String TROUBLE = "trouble";

    /** Tag: the line's id. */
    public static final String LINE = "line";

    /** Tag: the camera's id. */
    public static final String CAMERA = "camera";

    /** Tag: one of {@link #OUTCOMES}. */
    public static final String OUTCOME = "outcome";

    /** Outcome: the cluster has acknowledged the frame. */
    public static final String OUTCOME_PUBLISHED = "published";

    /** Outcome: the cluster refused the frame or did not acknowledge it in time. */
    public static final String OUTCOME_FAILED = "failed";

    /** Outcome: the image could not be read and never became a frame. */
    public static final String OUTCOME_SKIPPED = "skipped";

    /** Outcome: a newer picture of the same camera came before this one could be sent, or it had waited for too long. */
    public static final String OUTCOME_DROPPED = "dropped";

    /** Outcome: the camera's trigger did not ask for the picture. */
    public static final String OUTCOME_NOT_ASKED = "not_asked";

    /** All outcomes: each picture of a camera has exactly one, once it is settled. */
    public static final List<String> OUTCOMES =
            List.of(OUTCOME_PUBLISHED, OUTCOME_FAILED, OUTCOME_SKIPPED, OUTCOME_DROPPED, OUTCOME_NOT_ASKED);

    private ProducerMetrics() {}
}
