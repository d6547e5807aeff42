// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import dev.sortline.camera.picture.HuffmanTables;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.time.CaptureTime;
import dev.sortline.contract.Identifiers;
import dev.sortline.trouble.OneLine;
import dev.sortline.trouble.RootCause;
import dev.sortline.trouble.TroubleLog;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** {@code POST /frames/{line}/{camera}}: a picture, answered when the broker has acknowledged its frame. */
final class FrameRoute {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(FrameRoute.class));
    private static final int OK = 200;
    private static final int MOST_CHARACTERS = 60;
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    private final Set<LineCamera> cameras;
    private final Delivery delivery;
    private final Bodies bodies;
    private final InstantSource clock;
    private final Duration patience;

    /** What became of a frame. */
    private record Taken(String id) {}

    FrameRoute(Set<LineCamera> cameras, Delivery delivery, Bodies bodies, InstantSource clock, Duration patience) {
        this.cameras = cameras;
        this.delivery = delivery;
        this.bodies = bodies;
        this.clock = clock;
        this.patience = patience;
    }

    void handle(Context request) {
        LineCamera camera = camera(request);
        PushedFrame frame;
        try {
            frame = frame(camera, request);
        } catch (RefusedException e) {
            delivery.refused(camera, e.refusal() == Refusal.NO_ROOM);
            throw e;
        }
        Optional<CompletableFuture<String>> delivered = delivery.deliver(frame);
        CompletableFuture<String> acknowledged =
                delivered.orElseThrow(() -> Refusal.NO_ROOM.because("Frames before this one wait for the broker."));
        request.future(() -> acknowledged
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((id, failure) -> {
                    if (failure != null) {
                        throw notAcknowledged(camera, failure);
                    }
                    Answers.tell(request, OK, new Taken(id));
                    return id;
                }));
    }

    private PushedFrame frame(LineCamera camera, Context request) {
        Instant arrived = clock.instant();
        CaptureTime captured = captured(request, arrived);
        String itemId = itemId(request);
        Long encoder = encoder(request);
        byte[] body = bodies.atMost(request, Picture.MAX_BYTES);
        return new PushedFrame(camera, picture(body, captured), itemId, encoder);
    }

    private LineCamera camera(Context request) {
        try {
            var camera = new LineCamera(request.pathParam("line"), request.pathParam("camera"));
            if (cameras.contains(camera)) {
                return camera;
            }
        } catch (IllegalArgumentException e) {
            // Told below: no camera is called so.
        }
        Bodies.hangUp(request);
        throw Refusal.NOT_FOUND.because("No camera of this line takes pictures here: is its source of type push?");
    }

    private static Picture picture(byte[] body, CaptureTime captured) {
        if (begins(body, JPEG)) {
            byte[] whole = HuffmanTables.completed(body);
            if (whole.length <= Picture.MAX_BYTES) {
                return new Picture(whole, Picture.JPEG, captured);
            }
        }
        if (begins(body, PNG)) {
            return new Picture(body, Picture.PNG, captured);
        }
        throw Refusal.NO_PICTURE.because("The body is no JPEG and no PNG: it must be the picture alone.");
    }

    private static boolean begins(byte[] body, byte[] first) {
        return body.length > first.length && Arrays.equals(body, 0, first.length, first, 0, first.length);
    }

    private CaptureTime captured(Context request, Instant arrived) {
        @Nullable String told = request.header("X-Captured-At");
        if (told == null) {
            return CaptureTime.ofArrival(arrived, Duration.ZERO);
        }
        try {
            var time = OffsetDateTime.parse(told);
            if (time.getYear() >= FIRST_YEAR && time.getYear() < LAST_YEAR) {
                Instant at = time.toInstant();
                return new CaptureTime(at, Duration.between(at, arrived).abs(), CaptureTime.Basis.SENDER);
            }
        } catch (DateTimeException e) {
            // Told below.
        }
        throw wrong(request, "X-Captured-At", told, "must be as 2026-01-31T12:00:00.250Z");
    }

    private static @Nullable String itemId(Context request) {
        @Nullable String told = request.header("X-Item-Id");
        if (told == null) {
            return null;
        }
        try {
            return Identifiers.check("itemId", told);
        } catch (IllegalArgumentException e) {
            throw wrong(request, "X-Item-Id", told, "must be 1 to 64 letters, digits, '.', '_' or '-'");
        }
    }

    private static @Nullable Long encoder(Context request) {
        @Nullable String told = request.header("X-Encoder");
        if (told == null) {
            return null;
        }
        try {
            return Long.valueOf(told);
        } catch (NumberFormatException e) {
            throw wrong(request, "X-Encoder", told, "must be a whole number of encoder counts");
        }
    }

    private static RefusedException wrong(Context request, String header, String told, String must) {
        Bodies.hangUp(request);
        return Refusal.BAD_REQUEST.because(header + " is '" + OneLine.of(told, MOST_CHARACTERS) + "': " + must + ".");
    }

    private RefusedException notAcknowledged(LineCamera camera, Throwable failure) {
        if (RootCause.of(failure) instanceof TimeoutException) {
            return Refusal.NOT_ACKNOWLEDGED.because("The broker has not acknowledged the frame within "
                    + patience.toSeconds() + " s; it may be there all the same.");
        }
        TROUBLE.warn(
                "not acknowledged", "a frame sent for " + camera + " was not acknowledged: " + RootCause.of(failure));
        return Refusal.NOT_ACKNOWLEDGED.because("The broker has not taken the frame.");
    }
}
