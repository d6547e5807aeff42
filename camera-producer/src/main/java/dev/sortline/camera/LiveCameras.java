// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import dev.sortline.camera.folder.FolderInUseException;
import dev.sortline.camera.folder.FolderSettings;
import dev.sortline.camera.folder.FramesOnTopic;
import dev.sortline.camera.folder.WatchedFolder;
import dev.sortline.camera.live.CameraSettings;
import dev.sortline.camera.live.LiveCamera;
import dev.sortline.camera.outside.CallIntake;
import dev.sortline.camera.outside.OutsideSettings;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.publishing.ProducerMetrics;
import dev.sortline.camera.push.BoundedDelivery;
import dev.sortline.camera.push.CannotListenException;
import dev.sortline.camera.push.PushServer;
import dev.sortline.camera.push.PushSettings;
import dev.sortline.camera.push.PushSourceSettings;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.ConnectionSettings;
import dev.sortline.camera.source.SourceSettings;
import dev.sortline.camera.trigger.FrameTrigger;
import dev.sortline.camera.trigger.OutsideTrigger;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All live cameras of a process, each alone in its faults, from {@link #start} until {@link #close}. They share a publisher, which is not
 * closed with them: close it after them, then {@link #leaveFolders}.
 */
public final class LiveCameras implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveCameras.class);
    private static final long FOLDERS_END_WITHIN = Duration.ofSeconds(5).toNanos();

    private final Map<String, Object> kafka;
    private final FramePublisher publisher;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final List<LiveCamera> cameras = new ArrayList<>();
    private final Map<LineCamera, CallIntake> intakes = new HashMap<>();
    private final Map<WatchedFolder, Thread> folders = new LinkedHashMap<>();
    private final Set<LineCamera> pushing = new HashSet<>();
    private final Deque<Door> doors = new ArrayDeque<>();

    /** What is open to the outside, with its name for a person. */
    private record Door(String name, AutoCloseable open) {}

    private LiveCameras(
            Map<String, Object> kafka, FramePublisher publisher, MeterRegistry meters, InstantSource clock) {
        this.kafka = kafka;
        this.publisher = publisher;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Starts them.
     *
     * @param cameras what each is
     * @param push where cameras and triggers come by HTTP; a port is opened only where one of the cameras needs it
     * @param kafka client properties, at least {@code bootstrap.servers}
     * @param publisher takes the frames
     * @param meters where their metrics go
     * @param clock says what time it is
     * @throws CannotFilmException when it cannot be done as it is asked for, in one line
     */
    public static LiveCameras start(
            Map<LineCamera, CameraSettings> cameras,
            PushSettings push,
            Map<String, Object> kafka,
            FramePublisher publisher,
            MeterRegistry meters,
            InstantSource clock) {
        var started = new LiveCameras(kafka, publisher, meters, clock);
        try {
            cameras.forEach(started::add);
            started.begin(push);
        } catch (RuntimeException e) {
            started.close();
            started.leaveFolders();
            throw e;
        }
        return started;
    }

    private void add(LineCamera camera, CameraSettings settings) {
        SourceSettings source = settings.source();
        if (source instanceof FolderSettings folder) {
            add(camera, folder);
        } else if (source instanceof PushSourceSettings) {
            publisher.expect(camera);
            pushing.add(camera);
        } else if (source instanceof ConnectionSettings connection) {
            add(camera, settings, connection);
        } else {
            throw new IllegalArgumentException(
                    "source of %s is %s: nobody knows how to read it".formatted(camera, source));
        }
    }

    private void add(LineCamera camera, FolderSettings folder) {
        publisher.expect(camera);
        try {
            WatchedFolder watched = WatchedFolder.open(camera, folder, publisher, new FramesOnTopic(kafka), clock);
            var thread = new Thread(watched, "folder " + camera);
            thread.setDaemon(true);
            folders.put(watched, thread);
            LineMetric.CAMERA_CONNECTED.gauge(
                    meters,
                    () -> watched.isAway() ? 0 : 1,
                    ProducerMetrics.LINE,
                    camera.lineId(),
                    ProducerMetrics.CAMERA,
                    camera.cameraId());
        } catch (FolderInUseException e) {
            throw new CannotFilmException(camera + ": " + e.getMessage(), e);
        }
    }

    private void add(LineCamera camera, CameraSettings settings, ConnectionSettings connection) {
        FrameTrigger trigger = settings.triggerOrEvery().open(camera.cameraId());
        if (settings.triggerOrEvery() instanceof OutsideSettings outside && trigger instanceof OutsideTrigger calls) {
            intakes.put(
                    camera, new CallIntake(camera.toString(), outside, calls, clock, new CallMetrics(camera, meters)));
        }
        try {
            cameras.add(new LiveCamera(camera, settings, connection.open(clock), trigger, publisher, meters, clock));
        } catch (CameraFault e) {
            throw new CannotFilmException(camera + ": " + e.getMessage(), e);
        }
    }

    private void begin(PushSettings push) {
        if (!pushing.isEmpty() || !intakes.isEmpty()) {
            try {
                var delivery = new BoundedDelivery(publisher, clock);
                var server = PushServer.start(
                        push,
                        pushing,
                        delivery,
                        (camera, call) ->
                                Optional.ofNullable(intakes.get(camera)).map(intake -> intake.call(call)),
                        clock);
                doors.push(new Door("the delivery of what was pushed", delivery));
                doors.push(new Door("the HTTP server of push", server));
            } catch (CannotListenException e) {
                throw new CannotFilmException(String.valueOf(e.getMessage()), e);
            }
        }
        intakes.values().forEach(CallIntake::start);
        cameras.forEach(LiveCamera::start);
        folders.values().forEach(Thread::start);
    }

    /** What is wrong now, a line each for a person; none when all is well. */
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        cameras.forEach(camera -> troubles.addAll(camera.troubles()));
        intakes.forEach((camera, intake) ->
                intake.problem().ifPresent(problem -> troubles.add(camera + ": hears no triggers: " + problem)));
        folders.keySet().forEach(folder -> folder.trouble().ifPresent(troubles::add));
        return troubles;
    }

    /** Ends them all within seconds: after it nothing more is handed to the publisher. */
    @Override
    public void close() {
        doors.forEach(LiveCameras::shut);
        doors.clear();
        cameras.forEach(LiveCamera::halt);
        folders.values().forEach(Thread::interrupt);
        intakes.values().forEach(CallIntake::close);
        cameras.forEach(LiveCamera::close);
        long deadline = System.nanoTime() + FOLDERS_END_WITHIN;
        folders.values().forEach(thread -> join(thread, deadline));
    }

    /**
     * Clears the files of what the cluster has acknowledged, and leaves their folders to others. Only after the publisher was closed. A folder
     * on a drive that hangs is left as it is.
     */
    public void leaveFolders() {
        folders.forEach((folder, thread) -> {
            if (!thread.isAlive()) {
                folder.close();
            }
        });
    }

    private static void shut(Door door) {
        try {
            door.open().close();
        } catch (Exception e) {
            // The others are to be ended all the same.
            LOG.warn("cannot end {}: {}", door.name(), e.toString());
        }
    }

    private static void join(Thread thread, long deadlineNanos) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadlineNanos - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
