// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.CameraStatus;
import dev.sortline.contract.CameraTrouble;
import dev.sortline.contract.Frame;
import dev.sortline.metrics.LineMetric;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Camera;
import dev.sortline.sorting.BeltGeometry.Ejector;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.Lines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of the cameras of a line: in metrics, in heartbeats, in words. Time stands still unless it is passed. */
class CameraWatchTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** 2 m/s; its cameras are named. */
    private static final Line NAMED = new Line(
            "line-1",
            new BeltGeometry(
                    2.0,
                    20,
                    "residue",
                    null,
                    Map.of("camera-1", new Camera(0), "camera-2", new Camera(0.2)),
                    Map.of("glass", new Ejector(1, 1.0, 15), "metal", new Ejector(2, 4.0, 15))),
            Lines.EDITION);

    private static final Line UNNAMED = Lines.line("line-2");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = START;
    private final CameraWatch watch =
            new CameraWatch(Map.of("line-1", NAMED, "line-2", UNNAMED), CameraWatchSettings.DEFAULT, meters, () -> now);
    private long offset;

    private final WatchedCamera camera = watch.begin(NAMED, "camera-1");

    @BeforeEach
    void haveTheLine() {
        watch.have(Set.of("line-1"));
    }

    @Test
    void whatTheBeltNamesIsMeasuredFromTheStart() {
        // When
        var measured = meters.getMeters();

        // Then
        assertThat(measured)
                .extracting(
                        meter -> meter.getId().getName() + " " + meter.getId().getTag("camera"))
                .contains(
                        "sortline.camera.last.frame.age camera-1",
                        "sortline.camera.last.frame.age camera-2",
                        "sortline.camera.skew camera-2",
                        "sortline.camera.frozen camera-2",
                        "sortline.camera.repeated.frames camera-2",
                        "sortline.camera.sequence.gaps camera-2",
                        "sortline.camera.sequence.resets camera-2",
                        "sortline.camera.refused.frames camera-2");
    }

    @Test
    void cameraThatIsWellIsToldSo() {
        // Given
        send(1, 0, "glass");
        pass(Duration.ofMillis(40));

        // When
        var statuses = watch.statuses("line-1");

        // Then
        assertThat(statuses).startsWith(status(40L, 0L));
        assertThat(watch.warnings()).isEmpty();
        assertThat(gauge(LineMetric.CAMERA_LAST_FRAME_AGE.meterName())).isEqualTo(0.04);
    }

    @Test
    void cameraThatStopsIsToldAsSilentUntilItComesBack() {
        // Given
        send(1, 0, "glass");
        pass(Duration.ofMillis(10_001));
        var whileSilent = watch.warnings();
        var silent = watch.statuses("line-1").get(0);

        // When
        send(2, 0, "metal");

        // Then
        assertThat(whileSilent)
                .first()
                .asString()
                .startsWith("line-1, camera-1: no frame for 10.0 s: look at the camera");
        assertThat(silent).isEqualTo(status(10_001L, 0L, CameraTrouble.SILENT));
        assertThat(watch.statuses("line-1").get(0)).isEqualTo(status(0L, 0L));
    }

    @Test
    void cameraOfWhichNoFrameEverCameIsToldAsSuch() {
        // When
        pass(Duration.ofSeconds(11));

        // Then
        assertThat(watch.warnings())
                .element(1)
                .asString()
                .startsWith("line-1, camera-2: no frame yet, in 11.0 s that this classifier has had the line");
        assertThat(watch.statuses("line-1"))
                .element(1)
                .isEqualTo(new CameraStatus("camera-2", List.of(CameraTrouble.SILENT), null, null));
        assertThat(gauge(LineMetric.CAMERA_LAST_FRAME_AGE.meterName())).isEqualTo(11);
    }

    @Test
    void beltThatNamesNoCameraIsToldAsSilentAsAWhole() {
        // Given
        watch.have(Set.of("line-2"));

        // When
        pass(Duration.ofSeconds(11));

        // Then
        assertThat(watch.warnings()).singleElement().asString().startsWith("line-2: no frame of any camera");
    }

    @Test
    void lineWhoseCamerasAreNotWatchedIsNeverSilent() {
        // Given
        watch.have(Set.of("try"));

        // When
        pass(Duration.ofSeconds(11));

        // Then
        assertThat(watch.warnings()).isEmpty();
        assertThat(watch.statuses("try")).isEmpty();
    }

    @Test
    void lineThatAnotherInstanceHasIsNotToldOf() {
        // Given
        send(1, 0, "glass");
        watch.have(Set.of());

        // When
        pass(Duration.ofMinutes(1));

        // Then
        assertThat(watch.warnings()).isEmpty();
        assertThat(watch.statuses("line-1")).isEmpty();
        assertThat(gauge(LineMetric.CAMERA_LAST_FRAME_AGE.meterName())).isNaN();
    }

    @Test
    void lineThatComesBackIsGivenTimeBeforeItsCamerasAreSilent() {
        // Given
        send(1, 0, "glass");
        watch.have(Set.of());
        pass(Duration.ofMinutes(1));

        // When
        watch.have(Set.of("line-1"));

        // Then
        assertThat(watch.warnings()).isEmpty();
        assertThat(watch.statuses("line-1").get(0)).isEqualTo(new CameraStatus("camera-1", List.of(), null, null));
    }

    @Test
    void clockThatIsRefusedIsToldWithItsSkew() {
        // When
        send(1, 3_000, "glass");

        // Then
        assertThat(watch.statuses("line-1").get(0)).isEqualTo(status(0L, 3_000L, CameraTrouble.CLOCK_AHEAD));
        assertThat(watch.warnings())
                .singleElement()
                .asString()
                .startsWith("line-1, camera-1: 1 frames of late refused")
                .contains("captured at 2026-01-01T00:00:03Z, 3.0 s after it came here");
        assertThat(gauge(LineMetric.CAMERA_SKEW.meterName())).isEqualTo(3);
        assertThat(meters.get(LineMetric.CAMERA_REFUSED_FRAMES.meterName())
                        .tags("camera", "camera-1", "reason", "capture-time")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void clockThatIsALittleAheadIsToldToo() {
        // When
        send(1, 60, "glass");

        // Then
        assertThat(watch.warnings())
                .singleElement()
                .asString()
                .startsWith("line-1, camera-1: its clock is 60 ms ahead of this classifier's");
    }

    @Test
    void clockThatStaysBehindIsToldAndADelayThatPassesIsNot() {
        // Given
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofMillis(500));
            send(i, -600, "glass " + i);
        }
        var atFirst = watch.statuses("line-1").get(0);
        pass(Duration.ofMillis(500));

        // When
        send(20, -600, "glass");

        // Then
        assertThat(atFirst.troubles()).isEmpty();
        assertThat(watch.statuses("line-1").get(0)).isEqualTo(status(0L, -600L, CameraTrouble.CLOCK_BEHIND));
        assertThat(watch.warnings())
                .first()
                .asString()
                .startsWith("line-1, camera-1: its frames never arrive sooner than 600 ms after their capture");
    }

    @Test
    void frozenCameraIsToldUntilItsPictureChanges() {
        // Given
        for (int i = 0; i < 10; i++) {
            send(i, 0, "glass");
            pass(Duration.ofMillis(100));
        }
        var frozen = watch.statuses("line-1").get(0).troubles();
        var told = watch.warnings();
        var measured = gauge(LineMetric.CAMERA_FROZEN.meterName());

        // When
        send(10, 0, "metal");

        // Then
        assertThat(frozen).containsExactly(CameraTrouble.FROZEN);
        assertThat(told).singleElement().asString().contains("one and the same picture 10 times");
        assertThat(measured).isEqualTo(1);
        assertThat(watch.warnings()).isEmpty();
        assertThat(gauge(LineMetric.CAMERA_FROZEN.meterName())).isZero();
    }

    @Test
    void whatHappenedIsToldForAMinute() {
        // Given
        send(7, 0, "glass");
        send(7, 0, "glass");
        pass(Duration.ofMillis(100));
        send(3, 0, "metal");
        pass(Duration.ofMillis(100));
        send(9, 0, "glass");

        // When
        var troubles = watch.statuses("line-1").get(0).troubles();
        var warnings = watch.warnings();
        pass(Duration.ofSeconds(61));

        // Then
        assertThat(troubles)
                .containsExactly(CameraTrouble.REPEATING, CameraTrouble.SEQUENCE_RESET, CameraTrouble.FRAMES_MISSING);
        assertThat(warnings)
                .anySatisfy(text -> assertThat(text).contains("1 frames of late came that had come before"))
                .anySatisfy(text -> assertThat(text).contains("began again 1 times of late, last at 3 after 7"))
                .anySatisfy(text -> assertThat(text).contains("5 frames of late are missing"));
        assertThat(watch.statuses("line-1").get(0).troubles()).containsExactly(CameraTrouble.SILENT);
        assertThat(meters.get(LineMetric.CAMERA_SEQUENCE_GAPS.meterName())
                        .tag("camera", "camera-1")
                        .counter()
                        .count())
                .isEqualTo(5);
    }

    @Test
    void framesThatComeTooFastToBeItemsAreTold() {
        // Given: 2 m/s, so 8 cm a frame
        for (int i = 0; i <= 10; i++) {
            send(i, 0, "glass " + i);
            pass(Duration.ofMillis(40));
        }

        // When
        var warnings = watch.warnings();

        // Then
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("have no itemid")
                .contains("set framesPerItem");
    }

    @Test
    void framesAsFarApartAsItemsAreNoReasonToWarn() {
        // Given: 12 cm a frame
        for (int i = 0; i <= 20; i++) {
            send(i, 0, "glass " + i);
            pass(Duration.ofMillis(60));
        }

        // When
        var warnings = watch.warnings();

        // Then
        assertThat(warnings).isEmpty();
    }

    @Test
    void sameRecordTriedAgainIsNoRepeat() {
        // Given
        var first = see(1, 0, "glass");

        // When
        offset--;
        var again = see(1, 0, "glass");

        // Then
        assertThat(again).isEqualTo(first).isInstanceOf(Sighting.Sound.class);
    }

    @Test
    void camerasBeyondABoundAreNotMeasuredByName() {
        // Given
        for (int i = 0; i < CameraWatch.MOST_CAMERAS; i++) {
            watch.begin(UNNAMED, "camera-" + i);
        }

        // When
        watch.begin(UNNAMED, "one-too-many");

        // Then
        assertThat(meters.getMeters())
                .extracting(meter -> String.valueOf(meter.getId().getTag("camera")))
                .doesNotContain("one-too-many")
                .contains("other");
    }

    private Sighting see(long sequence, long millisAhead, String image) {
        var bytes = image.getBytes(StandardCharsets.UTF_8);
        var captured = now.plusMillis(millisAhead);
        return camera.see(
                new Frame("line-1", "camera-1", sequence, null, captured, null, "image/jpeg", null, bytes),
                offset++,
                now);
    }

    private void send(long sequence, long millisAhead, String image) {
        see(sequence, millisAhead, image);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private double gauge(String name) {
        return meters.get(name)
                .tags("line", "line-1", "camera", "camera-1")
                .gauge()
                .value();
    }

    private static CameraStatus status(long age, long skew, CameraTrouble... troubles) {
        return new CameraStatus("camera-1", List.of(troubles), age, skew);
    }
}
