// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.check;

import dev.sortline.camera.sight.SightTrouble;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.PictureSink.Unusable;
import dev.sortline.camera.source.StreamFormat;
import dev.sortline.camera.time.CaptureTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one connection to a camera showed. Its components are the keys of {@code sortline camera check --json}.
 *
 * @param kind what it speaks, as {@code type} says it in the line file
 * @param place where it is, without user and password
 * @param says what it gives, as far as it says; null when it never answered
 * @param pictures those that came; null when none did
 * @param gaps the time between them; null when fewer than two came
 * @param clock what is known of when they were taken; null when none came
 * @param load what reading them took; null when that was over too soon to be measured
 * @param sight how it sees; null when none came, or none could be looked at
 * @param unusable what came and cannot be sent, by why; without those that did not happen
 * @param fault what ended the connection, or kept it from coming about; null when it was still well at the end
 * @param saved where a picture was written; null for nowhere
 */
public record CheckedCamera(
        String kind,
        String place,
        @Nullable StreamFormat says,
        @Nullable Pictures pictures,
        @Nullable Gaps gaps,
        @Nullable Clock clock,
        @Nullable Load load,
        @Nullable View sight,
        Map<Unusable, Integer> unusable,
        @Nullable Fault fault,
        @Nullable Saved saved) {
    public CheckedCamera {
        unusable = Map.copyOf(unusable);
    }

    /**
     * The pictures that came.
     *
     * @param count at least 1
     * @param seconds from the first to the last
     * @param perSecond null when fewer than two came
     * @param contentType of the last
     * @param width of the last, in pixels; 0 when it cannot be read
     * @param height of the last, in pixels; 0 when it cannot be read
     * @param meanBytes of a picture
     * @param leastBytes of the smallest
     * @param mostBytes of the largest
     */
    public record Pictures(
            int count,
            double seconds,
            @Nullable Double perSecond,
            String contentType,
            int width,
            int height,
            int meanBytes,
            int leastBytes,
            int mostBytes) {}

    /** Milliseconds from one picture to the next: in the middle, at 95 of 100, and the longest. */
    public record Gaps(double p50Millis, double p95Millis, double longestMillis) {}

    /**
     * What is known of when pictures were taken.
     *
     * @param basis of the last
     * @param uncertaintyMillis of the last: how far its time may be off, either way
     * @param ageMillis how long before they were here pictures were taken, in the middle
     */
    public record Clock(CaptureTime.Basis basis, double uncertaintyMillis, double ageMillis) {}

    /**
     * What share of a core it took, 1 for a whole one.
     *
     * @param reading the thread that reads the camera; null when it had ended
     * @param process all threads together, the start of the Java runtime among what they do
     */
    public record Load(@Nullable Double reading, double process) {}

    /**
     * How it sees.
     *
     * @param brightness mean, 0 to 255
     * @param black share of pixels that are, 0 to 1
     * @param blownOut share of pixels that are, 0 to 1
     * @param sharpness to be compared with the same camera's at another time; null where nothing is seen of which it could be told
     * @param looks how many pictures were looked at; the figures are means over them
     * @param trouble what is wrong; null for nothing
     */
    public record View(
            double brightness,
            double black,
            double blownOut,
            @Nullable Double sharpness,
            int looks,
            @Nullable SightTrouble trouble) {}

    /** A fault, with its line. */
    public record Fault(CameraFault.Kind kind, String message) {
        static Fault of(CameraFault fault) {
            return new Fault(fault.kind(), String.valueOf(fault.getMessage()));
        }
    }

    /**
     * A picture that was written.
     *
     * @param file its path
     * @param replaced whether something was there before
     */
    public record Saved(String file, boolean replaced) {}

    /** Whether any picture came that can be sent. */
    public boolean sees() {
        return pictures != null;
    }

    /** The same, with where a picture was written. */
    public CheckedCamera with(Saved picture) {
        return new CheckedCamera(kind, place, says, pictures, gaps, clock, load, sight, unusable, fault, picture);
    }

    /** What it looks like, a line each, for a person; without the obstacle where no picture came. */
    public List<String> lines() {
        return new CheckWords(this).lines();
    }

    /** What is wrong where no picture came, in one line; and what came instead. */
    public String obstacle() {
        return new CheckWords(this).obstacle();
    }
}
