// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.check;

import dev.sortline.camera.check.CheckedCamera.Clock;
import dev.sortline.camera.check.CheckedCamera.Gaps;
import dev.sortline.camera.check.CheckedCamera.Pictures;
import dev.sortline.camera.ffmpeg.PictureHead;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.source.PictureSink;
import dev.sortline.camera.source.StreamFormat;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Remembers what a camera gave. Any thread may ask. */
final class SeenPictures implements PictureSink {
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final long betweenSamples;
    private final CountDownLatch first = new CountDownLatch(1);
    private final Map<Unusable, Integer> unusable = new EnumMap<>(Unusable.class);
    private final List<Long> arrivals = new ArrayList<>();
    private final List<Long> ages = new ArrayList<>();
    private final List<Picture> samples = new ArrayList<>();
    private @Nullable StreamFormat format;
    private @Nullable Picture last;
    private long bytes;
    private int leastBytes = Integer.MAX_VALUE;
    private int mostBytes;
    private long nextSample;

    /**
     * Has seen nothing yet.
     *
     * @param clock by which pictures are dated
     * @param nanos time that only moves forward
     * @param betweenSamples one picture in so long is kept to be looked at
     */
    SeenPictures(InstantSource clock, LongSupplier nanos, Duration betweenSamples) {
        this.clock = clock;
        this.nanos = nanos;
        this.betweenSamples = betweenSamples.toNanos();
    }

    @Override
    public synchronized void opened(StreamFormat opened) {
        format = opened;
    }

    @Override
    public synchronized void take(Picture picture) {
        if (picture.bytes().length > Picture.MAX_BYTES) {
            unusable(Unusable.TOO_LARGE);
            return;
        }
        long now = nanos.getAsLong();
        arrivals.add(now);
        ages.add(Duration.between(picture.captured().at(), clock.instant()).toNanos());
        int length = picture.bytes().length;
        bytes += length;
        leastBytes = Math.min(leastBytes, length);
        mostBytes = Math.max(mostBytes, length);
        if (samples.isEmpty() || now - nextSample >= 0) {
            samples.add(picture);
            nextSample = now + betweenSamples;
        }
        last = picture;
        first.countDown();
    }

    @Override
    public synchronized void unusable(Unusable why) {
        unusable.merge(why, 1, Integer::sum);
        first.countDown();
    }

    /** Counted down when the camera has given anything, a picture or not. */
    CountDownLatch first() {
        return first;
    }

    synchronized @Nullable StreamFormat format() {
        return format;
    }

    synchronized Map<Unusable, Integer> unusable() {
        return new EnumMap<>(unusable);
    }

    /** Some pictures, in their order, spread over the time. */
    synchronized List<Picture> samples() {
        return List.copyOf(samples);
    }

    /** The newest. */
    synchronized Optional<Picture> last() {
        return Optional.ofNullable(last);
    }

    synchronized @Nullable Pictures pictures() {
        if (last == null) {
            return null;
        }
        int count = arrivals.size();
        double seconds = (arrivals.get(count - 1) - arrivals.get(0)) / 1e9;
        Optional<PictureHead> head = PictureHead.of(last.bytes());
        return new Pictures(
                count,
                seconds,
                count > 1 && seconds > 0 ? (count - 1) / seconds : null,
                last.contentType(),
                head.map(PictureHead::width).orElse(0),
                head.map(PictureHead::height).orElse(0),
                Math.toIntExact(bytes / count),
                leastBytes,
                mostBytes);
    }

    synchronized @Nullable Gaps gaps() {
        if (arrivals.size() < 2) {
            return null;
        }
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < arrivals.size(); i++) {
            gaps.add(arrivals.get(i) - arrivals.get(i - 1));
        }
        return new Gaps(millis(gaps, 0.5), millis(gaps, 0.95), millis(gaps, 1));
    }

    synchronized @Nullable Clock clock() {
        return last == null
                ? null
                : new Clock(
                        last.captured().basis(), last.captured().uncertainty().toNanos() / 1e6, millis(ages, 0.5));
    }

    /** The smallest value that at least such a part of them does not exceed. */
    private static double millis(List<Long> nanos, double part) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(part * sorted.size()) - 1)) / 1e6;
    }
}
