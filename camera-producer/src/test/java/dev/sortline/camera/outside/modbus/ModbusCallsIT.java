// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.outside.Listening;
import dev.sortline.camera.outside.RecordingSink;
import dev.sortline.camera.trigger.CallOutcome;
import dev.sortline.camera.trigger.OutsideCall;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against the library's own server in this JVM. */
@Timeout(60)
class ModbusCallsIT {
    private static final int TRIGGER = 10;
    private static final int TAKEN = 11;
    private static final int MISSED = 12;
    private static final int TRIGGERS = 100;
    private static final int ITEM = 101;
    private static final int ENCODER = 103;
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final RecordingSink sink = new RecordingSink();
    private ModbusPlc plc;

    @BeforeEach
    void start() throws Exception {
        plc = new ModbusPlc();
        plc.put(ITEM, 0x8001);
        plc.put(ITEM + 1, 2);
        plc.put(ENCODER, 1);
        plc.put(ENCODER + 1, 5);
        plc.put(TRIGGERS, 7);
    }

    @AfterEach
    void stop() throws Exception {
        plc.close();
    }

    @Test
    void coilThatGoesOnIsACall() throws Exception {
        try (var unused = Listening.to(source(TRIGGER, null, WordOrder.HIGH_FIRST), sink)) {
            // When
            plc.set(TRIGGER, true);

            // Then
            await().until(() -> plc.isOn(TAKEN));
            assertThat(sink.calls).containsExactly(new OutsideCall("" + 0x80010002L, 0x10005L, NOW));
            assertThat(plc.isOn(MISSED)).isFalse();
        }
    }

    @Test
    void answerGoesOffWithTheTriggerWhichMayComeAgain() throws Exception {
        try (var unused = Listening.to(source(TRIGGER, null, WordOrder.LOW_FIRST), sink)) {
            plc.set(TRIGGER, true);
            await().until(() -> plc.isOn(TAKEN));

            // When
            plc.set(TRIGGER, false);
            await().until(() -> !plc.isOn(TAKEN));
            plc.put(ITEM, 3);
            plc.set(TRIGGER, true);

            // Then
            await().until(() -> plc.isOn(TAKEN));
            assertThat(sink.calls).map(OutsideCall::itemId).containsExactly("" + 0x28001L, "" + 0x20003L);
        }
    }

    @Test
    void triggerWithoutAPictureIsTold() throws Exception {
        // Given
        sink.answer(CallOutcome.Fate.NO_FRAME);
        try (var unused = Listening.to(source(TRIGGER, null, WordOrder.HIGH_FIRST), sink)) {
            // When
            plc.set(TRIGGER, true);

            // Then
            await().until(() -> plc.isOn(MISSED));
            assertThat(plc.isOn(TAKEN)).isFalse();
        }
    }

    @Test
    void registerThatChangesIsACall() throws Exception {
        try (var unused = Listening.to(source(null, TRIGGERS, WordOrder.HIGH_FIRST), sink)) {
            // When
            plc.put(TRIGGERS, 8);
            await().until(() -> sink.calls.size() == 1);
            plc.put(TRIGGERS, 0);

            // Then
            await().until(() -> sink.calls.size() == 2);
            await().until(() -> plc.isOn(TAKEN));
        }
    }

    @Test
    void coilThatIsOnFromTheStartIsNoCall() throws Exception {
        // Given
        plc.set(TRIGGER, true);
        plc.set(TAKEN, true);

        // When
        try (var unused = Listening.to(source(TRIGGER, null, WordOrder.HIGH_FIRST), sink)) {
            plc.set(TRIGGER, false);
            await().until(() -> !plc.isOn(TAKEN));

            // Then
            assertThat(sink.calls).isEmpty();
        }
    }

    @Test
    void controllerThatEndsTheConnectionIsTold() throws Exception {
        // Given
        try (var listening = Listening.to(source(TRIGGER, null, WordOrder.HIGH_FIRST), sink)) {
            // When
            plc.close();

            // Then
            assertThat(listening.ended.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Modbus controller at 127.0.0.1:" + plc.port + ": ");
        }
    }

    @Test
    void controllerThatIsNotThereIsTold() throws Exception {
        // Given
        plc.close();
        var source = source(TRIGGER, null, WordOrder.HIGH_FIRST);

        // When
        var listening = assertThatThrownBy(() -> source.listen(sink));

        // Then
        listening
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Modbus controller at 127.0.0.1:" + plc.port + ": ")
                .hasMessageContaining("refused");
    }

    @Test
    void interruptEndsIt() throws Exception {
        // Given
        var listening = Listening.to(source(TRIGGER, null, WordOrder.HIGH_FIRST), sink);

        // When
        listening.close();

        // Then
        assertThat(listening.ended.join()).isInstanceOf(InterruptedException.class);
    }

    private ModbusCalls source(@Nullable Integer coil, @Nullable Integer register, WordOrder order) {
        var settings = new ModbusCallSettings(
                "127.0.0.1", plc.port, null, 5_000, 2, coil, register, ITEM, ENCODER, order, TAKEN, MISSED);
        return new ModbusCalls(settings, InstantSource.fixed(NOW));
    }
}
