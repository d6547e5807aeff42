// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.publishing;

import java.util.List;

/** The names of the producer's metrics and their tags. In Prometheus dots become underscores. */
public final class ProducerMetrics {
    /** Counts frames by {@link #LINE}, {@link #CAMERA} and {@link #OUTCOME}. */
    public static final String FRAMES = "sortline.producer.frames";

    /** Counts the image bytes of published frames by {@link #LINE} and {@link #CAMERA}. */
    public static final String BYTES = "sortline.producer.bytes";

    /** Counts how often a camera was held back: too much was in flight, or the cluster was not to be reached. */
    public static final String BACKPRESSURE = "sortline.producer.backpressure";

    /** Times those waits; each is added when it ends, but counted when it begins where that is known. */
    public static final String BACKPRESSURE_TIME = "sortline.producer.backpressure.time";

    /** Gauge of the frames that were sent and not yet acknowledged. */
    public static final String IN_FLIGHT = "sortline.producer.in.flight";

    /** Times a live camera's frames from capture until the cluster has acknowledged them, by {@link #LINE} and {@link #CAMERA}. */
    public static final String CAPTURE_TO_BROKER = "sortline.producer.capture.to.broker";

    /** Gauge: how far a live camera's last time of capture may be off, in seconds. */
    public static final String CAPTURE_UNCERTAINTY = "sortline.producer.capture.uncertainty";

    /** Gauge: 1 while a live camera is connected. */
    public static final String CONNECTED = "sortline.producer.camera.connected";

    /** Counts the ends of a live camera's connections by {@link #FAULT}. */
    public static final String FAULTS = "sortline.producer.camera.faults";

    /** Gauge: 1 while a live camera does not see well, by {@link #TROUBLE}. */
    public static final String SIGHT = "sortline.producer.camera.sight";

    /** Counts a camera's triggers from outside by {@link #FATE}. */
    public static final String TRIGGERS = "sortline.producer.triggers";

    /** Counts the ends of the connection to whoever triggers a camera. */
    public static final String TRIGGERS_LOST = "sortline.producer.triggers.lost";

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
