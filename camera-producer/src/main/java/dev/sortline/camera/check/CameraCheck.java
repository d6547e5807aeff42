// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.check;

import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.source.ConnectionSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a camera, of which nothing is published. Reads on a thread of its own; for one thread, once.
 *
 * <p>What share of a core reading takes is measured over the later half of the time: in the first the Java runtime still compiles.
 */
public final class CameraCheck {
    /** Longer than any source waits by itself; for cameras that wait to be triggered, which they may for ever. */
    private static final Duration FIRST_WITHIN = Duration.ofSeconds(30);

    private static final Duration LEAVING_WITHIN = Duration.ofSeconds(10);
    private static final int MOST_SAMPLES = 20;

    private final String kind;
    private final String place;
    private final CameraSource source;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Duration firstWithin;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable CameraFault> fault = new AtomicReference<>();
    private volatile boolean over;
    private @Nullable Picture last;

    /**
     * A check that has not begun.
     *
     * @param kind what the camera speaks, as {@code type} says it in the line file
     * @param clock by which pictures are dated
     */
    public CameraCheck(String kind, ConnectionSettings settings, InstantSource clock) {
        this(kind, settings.place(), settings.open(clock), clock, System::nanoTime, FIRST_WITHIN);
    }

    CameraCheck(
            String kind,
            String place,
            CameraSource source,
            InstantSource clock,
            LongSupplier nanos,
            Duration firstWithin) {
        this.kind = kind;
        this.place = place;
        this.source = source;
        this.clock = clock;
        this.nanos = nanos;
        this.firstWithin = firstWithin;
    }

    /**
     * Connects, and watches for some time from the first picture on. Whatever is wrong with the camera is in what it returns.
     *
     * @param length how long, above 0; it is over sooner when the connection ends
     * @throws InterruptedException when interrupted; the camera is left all the same
     */
    public CheckedCamera run(Duration length) throws InterruptedException {
        Duration atLeast = length.dividedBy(MOST_SAMPLES);
        Duration second = Duration.ofSeconds(1);
        var seen = new SeenPictures(clock, nanos, atLeast.compareTo(second) > 0 ? atLeast : second);
        var reading = new Thread(() -> read(seen), "camera check");
        reading.setDaemon(true);
        reading.start();
        Optional<CheckedCamera.Load> load;
        try {
            load = watch(seen, reading, length);
        } finally {
            // What comes of the interrupt is no fault of the camera's.
            over = true;
            reading.interrupt();
        }
        reading.join(LEAVING_WITHIN.toMillis());
        last = seen.last().orElse(null);
        CameraFault wrong = fault.get();
        return new CheckedCamera(
                kind,
                place,
                seen.format(),
                seen.pictures(),
                seen.gaps(),
                seen.clock(),
                load.orElse(null),
                SampledSight.of(seen.samples()),
                seen.unusable(),
                wrong == null ? null : CheckedCamera.Fault.of(wrong),
                null);
    }

    /** The newest picture that came. */
    public Optional<Picture> picture() {
        return Optional.ofNullable(last);
    }

    private Optional<CheckedCamera.Load> watch(SeenPictures seen, Thread reading, Duration length)
            throws InterruptedException {
        if (!seen.first().await(firstWithin.toMillis(), TimeUnit.MILLISECONDS)) {
            fault.set(new CameraFault(
                    CameraFault.Kind.SILENT,
                    "%s: no picture came within %d s; does it wait for its trigger?"
                            .formatted(place, firstWithin.toSeconds())));
            return Optional.empty();
        }
        if (ended.await(length.toNanos() / 2, TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        ProcessorTime half = ProcessorTime.now(reading);
        ended.await(length.toNanos() / 2, TimeUnit.NANOSECONDS);
        return ProcessorTime.now(reading).since(half);
    }

    private void read(SeenPictures seen) {
        try {
            source.film(seen);
        } catch (CameraFault e) {
            fail(e);
        } catch (InterruptedException e) {
            // The time is over.
        } catch (RuntimeException | LinkageError e) {
            fail(new CameraFault(CameraFault.Kind.ENDED, place + ": reading the camera failed: " + e, e));
        } finally {
            ended.countDown();
            seen.first().countDown();
        }
    }

    private void fail(CameraFault how) {
        if (!over) {
            fault.set(how);
        }
    }
}
