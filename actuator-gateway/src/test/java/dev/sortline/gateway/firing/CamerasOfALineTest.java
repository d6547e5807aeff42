// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.CameraStatus;
import dev.sortline.contract.CameraTrouble;
import dev.sortline.contract.Heartbeat;
import dev.sortline.gateway.rules.Bookmark;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.gateway.rules.Shot;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What heartbeats tell of cameras reaches the controllers, for as long as it is true. */
class CamerasOfALineTest {
    private static final CameraStatus WELL = new CameraStatus("camera-1", List.of(), 40L, null);
    private static final CameraStatus SILENT =
            new CameraStatus("camera-2", List.of(CameraTrouble.SILENT), 12_000L, null);

    private final HandClock clock = new HandClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<LineStatus> told = new ArrayList<>();
    private final FiringControl control = new FiringControl(
            FiringSettings.DEFAULT,
            Map.of("line-1", List.of(new Plc())),
            new GatewayMetrics(registry),
            Outcomes.UNTOLD,
            clock,
            () -> {});

    @BeforeEach
    void takeOver() {
        control.takeOver(0, Set.of("line-1"), new Bookmark(0, Set.of()));
        control.ownedUntil(clock.get().nanos() + TimeUnit.HOURS.toNanos(24));
    }

    @Test
    void controllerHearsWhatTheHeartbeatSays() {
        // When
        beat(List.of(WELL, SILENT));

        // Then
        assertThat(told).last().extracting(LineStatus::cameras).isEqualTo(List.of(WELL, SILENT));
        assertThat(control.camerasInTrouble())
                .containsExactly("line line-1: camera camera-2 has the trouble SILENT, its classifier says");
        assertThat(inTrouble()).isEqualTo(1);
    }

    @Test
    void camerasOfALineWhoseHeartbeatIsMissingAreUnknown() {
        // Given
        beat(List.of(WELL));

        // When
        clock.advanceMillis(2_001);
        control.fireDue();

        // Then
        assertThat(told).last().satisfies(status -> {
            assertThat(status.alive()).isFalse();
            assertThat(status.cameras()).isEmpty();
        });
        assertThat(inTrouble()).isNaN();
    }

    @Test
    void whatAPredecessorsTimeToldIsForgottenWhenALineComesBack() {
        // Given
        beat(List.of(SILENT));
        control.handOver(0);

        // When
        takeOver();
        control.heartbeat(Events.heartbeat("line-1", clock.wall()));
        clock.advanceMillis(1_000);
        control.fireDue();

        // Then
        assertThat(told).last().extracting(LineStatus::cameras).isEqualTo(List.of());
        assertThat(control.camerasInTrouble()).isEmpty();
    }

    private void beat(List<CameraStatus> cameras) {
        control.heartbeat(new Heartbeat("line-1", "host.1", Events.MODEL, "six-fractions", clock.wall(), cameras));
        clock.advanceMillis(1_000);
        control.fireDue();
    }

    private double inTrouble() {
        return registry.get(LineMetric.CAMERAS_IN_TROUBLE.meterName()).gauge().value();
    }

    private final class Plc implements ShotSink {
        @Override
        public void fire(Shot shot, long fireAtNanos, Consumer<Boolean> taken) {
            taken.accept(true);
        }

        @Override
        public void takeOver(String lineId) {}

        @Override
        public void handOver(String lineId) {}

        @Override
        public void announce(Announcement announcement) {}

        @Override
        public void beat(LineStatus status) {
            told.add(status);
        }
    }
}
