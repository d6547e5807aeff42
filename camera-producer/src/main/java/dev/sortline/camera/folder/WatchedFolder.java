// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import dev.sortline.camera.folder.Settling.Found;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.FrameReceipt;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.time.CaptureTime;
import dev.sortline.contract.Frame;
import dev.sortline.trouble.OneLine;
import dev.sortline.trouble.TroubleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the pictures that are dropped into a folder, each once and none never, in the order of their files' time and name. When the
 * broker has a picture, its file is deleted or moved. While the broker takes none, files wait on disk.
 *
 * <p>Before a picture is sent, its file is renamed to a hidden name that says what makes its frame ({@link SendingName}). After a crash, and
 * when the broker does not acknowledge in time, {@link PublishedFrames} tells whether the frame is on the topic; only when it is not, it is
 * sent again, as the same frame. A frame that the topic has dropped since as too old counts as not there.
 *
 * <p>A file that is no picture, too large, or whose picture has no end a minute after its last change goes to the sub-folder {@code refused}
 * and counts as skipped. A folder that is gone is waited for.
 *
 * <p>A picture's time is that of its file ({@link FileCapture}), so a file that waited is as old as it is. Sequences start at the clock's epoch
 * milliseconds and go up by one; a folder of old files is sent at no more than a thousand a second, so that they stay behind the clock.
 *
 * <p>{@link #run} belongs to one thread and ends soon after an interrupt. To stop without leaving doubt: interrupt and join it, close the
 * publisher, which waits for what is in flight, then {@link #close} this.
 */
public final class WatchedFolder implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedFolder.class);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static final int MOST_CHARACTERS = 200;

    /** Between two looks however much is written. */
    private static final long BREATH = Duration.ofMillis(20).toNanos();

    private final LineCamera camera;
    private final FolderSettings settings;
    private final FramePublisher publisher;
    private final PublishedFrames published;
    private final InstantSource clock;
    private final TroubleLog trouble = new TroubleLog(LOG);
    private final Clearing clearing;

    private final Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Lost> lost = new ConcurrentLinkedQueue<>();
    private final FrameReceipt receipt = new FrameReceipt() {
        @Override
        public void published(Frame frame) {
            acknowledged.add(frame.sequence());
        }

        @Override
        public void lost(Frame frame, Exception why) {
            lost.add(new Lost(frame.sequence(), why));
        }

        @Override
        public boolean looksAfterLosses() {
            return true;
        }
    };
    private final TreeMap<Long, Path> inFlight = new TreeMap<>();
    private final TreeMap<Long, Path> toClear = new TreeMap<>();
    private final TreeMap<Long, Path> doubtful = new TreeMap<>();
    private final Set<Path> stuck = new HashSet<>();

    private Settling settling;
    private @Nullable FolderLock lock;
    private @Nullable FolderNews news;
    private @Nullable Instant lastLook;
    private long lastLookNanos = System.nanoTime() - SECOND;
    private boolean toldDeaf;
    private long nextSequence;
    private volatile @Nullable CaptureTime lastCaptured;
    private volatile @Nullable String away;
    private volatile @Nullable String inDoubt;

    /** A frame that was not acknowledged. */
    private record Lost(long sequence, Exception why) {
        /** Whether it would be refused again, however often it is sent. */
        boolean forGood() {
            return why instanceof RecordTooLargeException
                    || why instanceof InvalidRecordException
                    || why instanceof SerializationException;
        }
    }

    private WatchedFolder(
            LineCamera camera,
            FolderSettings settings,
            FramePublisher publisher,
            PublishedFrames published,
            InstantSource clock) {
        this.camera = camera;
        this.settings = settings;
        this.publisher = publisher;
        this.published = published;
        this.clock = clock;
        this.clearing = new Clearing(settings);
        this.settling = new Settling(settings.settle());
        this.nextSequence = clock.millis();
        publisher.expect(camera);
    }

    /**
     * Takes a folder for itself, if it is there; begins when it is run.
     *
     * @param publisher takes the frames; may be shared and is not closed
     * @throws FolderInUseException when somebody watches the folder already
     */
    public static WatchedFolder open(
            LineCamera camera,
            FolderSettings settings,
            FramePublisher publisher,
            PublishedFrames published,
            InstantSource clock)
            throws FolderInUseException {
        var watched = new WatchedFolder(camera, settings, publisher, published, clock);
        if (Files.isDirectory(settings.path())) {
            watched.lock();
        }
        return watched;
    }

    /** When the last picture was taken, as far as its file tells. */
    public Optional<CaptureTime> lastCaptured() {
        return Optional.ofNullable(lastCaptured);
    }

    /** Whether the folder cannot be watched now. Any thread may ask. */
    public boolean isAway() {
        return away != null;
    }

    /** Why none of its pictures is sent now, in a line for a person; empty when nothing keeps them. Any thread may ask. */
    public Optional<String> trouble() {
        String gone = away;
        return gone == null
                ? Optional.ofNullable(inDoubt)
                : Optional.of("%s: folder %s is waited for: %s".formatted(camera, settings.path(), gone));
    }

    @Override
    public void run() {
        try {
            while (true) {
                if (isThere()) {
                    turn();
                }
                await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Clears the files of what was acknowledged since, and leaves the folder to others. Only after {@link #run} has ended. */
    @Override
    public void close() {
        hear();
        clearAll();
        abandon();
    }

    private boolean isThere() {
        if (lock != null && news != null && lock.holds()) {
            return true;
        }
        try {
            if (lock == null || !lock.holds()) {
                abandon();
                lock();
            }
            if (lock == null) {
                gone("does not exist or cannot be written to");
                return false;
            }
            // Those that are known to be on their way are not in doubt.
            var look = FolderLook.at(settings.path(), settings.withSubfolders(), clearing);
            look.sending().keySet().removeAll(inFlight.keySet());
            look.sending().keySet().removeAll(toClear.keySet());
            doubtful.putAll(look.sending());
            if (!look.sending().isEmpty()) {
                nextSequence = Math.max(nextSequence, look.sending().lastKey() + 1);
            }
            news = new FolderNews(settings.path());
        } catch (IOException e) {
            gone(e.toString());
            return false;
        }
        if (away != null) {
            away = null;
            LOG.info("{}: folder {} is there again", camera, settings.path());
        }
        return true;
    }

    private void lock() throws FolderInUseException {
        try {
            lock = FolderLock.take(settings.path());
        } catch (FolderInUseException e) {
            throw e;
        } catch (IOException e) {
            // Gone, or not to be written to: it is waited for.
            lock = null;
        }
    }

    private void gone(String why) {
        abandon();
        lastLook = null;
        settling = new Settling(settings.settle());
        if (away == null) {
            LOG.warn("{}: folder {} is waited for: {}", camera, settings.path(), why);
        }
        away = OneLine.of(why, MOST_CHARACTERS);
    }

    /** Leaves the folder as it is, as the end of the process would. */
    void abandon() {
        try (FolderLock given = lock;
                FolderNews silent = news) {
            lock = null;
            news = null;
        } catch (IOException e) {
            LOG.debug("cannot leave {}", settings.path(), e);
        }
    }

    private void turn() throws InterruptedException {
        hear();
        clearAll();
        if (!doubtful.isEmpty() && !resolve()) {
            return;
        }
        Instant before = clock.instant();
        FolderLook look;
        try {
            look = FolderLook.at(settings.path(), settings.withSubfolders(), clearing);
        } catch (IOException e) {
            gone(e.toString());
            return;
        }
        listen(look);
        stuck.retainAll(look.dropped().stream().map(Found::file).toList());
        look.dropped().removeIf(found -> stuck.contains(found.file()));
        for (Found found : settling.settled(look.dropped(), System.nanoTime(), before)) {
            send(found, before);
            hear();
            clearAll();
            if (!doubtful.isEmpty()) {
                // The rest waits; it must not count as new later.
                return;
            }
        }
        for (Found found : settling.givenUp(System.nanoTime())) {
            refuse(found.file(), found.file().getFileName().toString(), "its picture has no end");
        }
        lastLook = before;
    }

    private void listen(FolderLook look) {
        try {
            if (news != null) {
                news.listenIn(look.folders());
            }
        } catch (NoSuchFileException e) {
            LOG.debug("a sub-folder has gone", e);
        } catch (IOException e) {
            if (!toldDeaf) {
                toldDeaf = true;
                LOG.warn(
                        "{}: cannot listen in {}, it is looked at once a second instead: {}",
                        camera,
                        settings.path(),
                        e.toString());
            }
        }
    }

    /** Sends the picture of a file that nobody writes to any more. */
    private void send(Found found, Instant seen) throws InterruptedException {
        String name = found.file().getFileName().toString();
        byte[] bytes;
        try {
            if (found.size() > Picture.MAX_BYTES) {
                refuse(found.file(), name, tooLarge(found.size()));
                return;
            }
            bytes = Files.readAllBytes(found.file());
        } catch (IOException e) {
            unread(found, e);
            return;
        }
        DroppedPicture kind = DroppedPicture.of(bytes);
        if (kind == DroppedPicture.NONE) {
            refuse(found.file(), name, "it is neither JPEG nor PNG");
            return;
        }
        if (kind == DroppedPicture.UNFINISHED) {
            settling.unfinished(found);
            trouble.warn(
                    "unfinished",
                    "%s: the picture in %s has no end yet: waiting for it".formatted(camera, found.file()));
            return;
        }
        CaptureTime captured = FileCapture.of(found.modified(), lastLook, seen);
        var sending = new SendingName(takeSequence(), captured.at(), name);
        Path file = found.file().resolveSibling(sending.fileName());
        try {
            Files.move(found.file(), file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            nextSequence--;
            unread(found, e);
            return;
        }
        lastCaptured = captured;
        publish(sending, file, kind, bytes);
    }

    private void publish(SendingName sending, Path file, DroppedPicture kind, byte[] bytes)
            throws InterruptedException {
        long sequence = sending.sequence();
        inFlight.put(sequence, file);
        publisher.publish(
                new Frame(
                        camera.lineId(),
                        camera.cameraId(),
                        sequence,
                        null,
                        sending.captured(),
                        null,
                        kind.contentType(),
                        null,
                        bytes),
                receipt);
    }

    /** So that a restart begins behind the clock, the next is not taken before its time; a clock that was set back is not waited for. */
    private long takeSequence() throws InterruptedException {
        long ahead = nextSequence - clock.millis();
        if (ahead > 0 && ahead <= 1_000) {
            Thread.sleep(ahead);
        }
        return nextSequence++;
    }

    /** Looks up those of which nobody knows whether the broker has them, and sends again what it has not. False when that cannot be told yet. */
    private boolean resolve() throws InterruptedException {
        Instant since = doubtful.values().stream()
                .flatMap(file -> SendingName.of(file).stream())
                .map(SendingName::captured)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Set<Long> there;
        try {
            there = published.among(camera, doubtful.keySet(), since);
        } catch (IOException e) {
            trouble.warn(
                    "doubt",
                    "%s waits with %d pictures of which it is not known whether the broker has them: %s"
                            .formatted(camera, doubtful.size(), e.getMessage()));
            inDoubt = "%s: it is not known whether the broker has %d pictures, nothing else is sent: %s"
                    .formatted(camera, doubtful.size(), OneLine.of(e.getMessage(), MOST_CHARACTERS));
            return false;
        }
        inDoubt = null;
        while (!doubtful.isEmpty()) {
            var first = doubtful.pollFirstEntry();
            if (there.contains(first.getKey())) {
                publisher.foundPublished(camera);
                toClear.put(first.getKey(), first.getValue());
            } else {
                sendAgain(first.getValue());
            }
        }
        clearAll();
        return true;
    }

    private void sendAgain(Path file) throws InterruptedException {
        SendingName sending = SendingName.of(file).orElseThrow();
        try {
            byte[] bytes = Files.size(file) > Picture.MAX_BYTES ? new byte[0] : Files.readAllBytes(file);
            DroppedPicture kind = DroppedPicture.of(bytes);
            if (kind.isWhole()) {
                publish(sending, file, kind, bytes);
            } else {
                refuse(file, sending.name(), "it is no whole picture any more");
            }
        } catch (IOException e) {
            unreadable(file, e);
        }
    }

    private void unreadable(Path file, IOException why) {
        if (lock == null || !lock.holds()) {
            LOG.debug("{} has gone with its folder: when that is there again it is looked up again", file, why);
            return;
        }
        publisher.skipped(camera);
        trouble.error(
                "lost",
                "%s: the picture in %s was not published, and cannot be read any more: %s"
                        .formatted(camera, file, why));
    }

    /** Takes in what the broker has said since. */
    private void hear() {
        for (Long sequence = acknowledged.poll(); sequence != null; sequence = acknowledged.poll()) {
            Path file = inFlight.remove(sequence);
            if (file != null) {
                toClear.put(sequence, file);
            }
        }
        for (Lost frame = lost.poll(); frame != null; frame = lost.poll()) {
            Path file = inFlight.remove(frame.sequence());
            if (file == null) {
                continue;
            }
            if (frame.forGood()) {
                refuse(
                        file,
                        SendingName.of(file).orElseThrow().name(),
                        frame.why().toString());
            } else {
                doubtful.put(frame.sequence(), file);
            }
        }
    }

    /** What cannot be cleared now is tried again at each turn; while the folder is gone nothing is. */
    private void clearAll() {
        toClear.values().removeIf(file -> {
            try {
                clearing.published(file, SendingName.of(file).orElseThrow().name());
                return true;
            } catch (NoSuchFileException e) {
                return lock != null && lock.holds();
            } catch (IOException e) {
                trouble.error("clear", "%s: %s is published and cannot be cleared away: %s".formatted(camera, file, e));
                return false;
            }
        });
    }

    private void refuse(Path file, String name, String why) {
        try {
            Path now = clearing.refused(file, name);
            publisher.skipped(camera, now, new IOException(why));
        } catch (NoSuchFileException e) {
            LOG.debug("{} has gone", file, e);
        } catch (IOException e) {
            if (stuck.add(file)) {
                publisher.skipped(camera, file, new IOException(why + ", and it cannot be moved away: " + e));
            }
        }
    }

    /** It may have gone or not be ours to read yet: the next look tells. */
    private void unread(Found found, IOException why) {
        if (Files.exists(found.file())) {
            settling.unfinished(found);
            trouble.warn("unread", "%s: %s cannot be read: %s".formatted(camera, found.file(), why));
        }
    }

    /** Until a file may have come or has settled; a second at most. Hears the broker meanwhile. */
    private void await() throws InterruptedException {
        lastLookNanos = System.nanoTime();
        long settles = doubtful.isEmpty() && lock != null ? settling.untilNext(lastLookNanos) : Long.MAX_VALUE;
        long until = Math.max(BREATH, Math.min(SECOND, settles));
        while (true) {
            long wait = lastLookNanos + until - System.nanoTime();
            if (wait <= 0) {
                return;
            }
            long nap = inFlight.isEmpty() ? wait : Math.min(wait, BREATH);
            if (news == null) {
                Thread.sleep(Duration.ofNanos(nap).toMillis() + 1);
            } else if (news.await(nap) && doubtful.isEmpty()) {
                until = BREATH;
            }
            hear();
            clearAll();
        }
    }

    private static String tooLarge(long size) {
        return "%d bytes: at most %d are published".formatted(size, Picture.MAX_BYTES);
    }
}
