// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.sortline.camera.outside.Listening;
import dev.sortline.camera.outside.RecordingSink;
import dev.sortline.camera.trigger.CallOutcome;
import dev.sortline.camera.trigger.OutsideCall;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against Milo's server in this JVM. */
@Timeout(60)
class OpcUaCallsIT {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final RecordingSink sink = new RecordingSink();
    private OpcUaPlc plc;

    @BeforeEach
    void start() throws Exception {
        plc = new OpcUaPlc();
    }

    @AfterEach
    void stop() throws Exception {
        plc.close();
    }

    @Test
    void nodeThatGoesOnIsACallWhichIsAnswered() throws Exception {
        try (var unused = Listening.to(source("trigger", "item"), sink)) {
            // When
            plc.set("trigger", true);

            // Then
            await().until(() -> plc.get("taken").equals(true));
            assertThat(sink.calls).containsExactly(new OutsideCall("" + 0x80010002L, 5_120L, NOW));
            assertThat(plc.get("missed")).isEqualTo(false);
        }
    }

    @Test
    void answerGoesOffWithTheTriggerWhichMayComeAgain() throws Exception {
        try (var unused = Listening.to(source("trigger", "name"), sink)) {
            plc.set("trigger", true);
            await().until(() -> plc.get("taken").equals(true));

            // When
            plc.set("trigger", false);
            await().until(() -> plc.get("taken").equals(false));
            plc.set("name", "b-2");
            plc.set("trigger", true);

            // Then
            await().until(() -> plc.get("taken").equals(true));
            assertThat(sink.calls).map(OutsideCall::itemId).containsExactly("a-1", "b-2");
        }
    }

    @Test
    void triggerWithoutAPictureIsTold() throws Exception {
        // Given
        sink.answer(CallOutcome.Fate.NO_FRAME);
        try (var unused = Listening.to(source("count", "item"), sink)) {
            // When
            plc.set("count", uint(8));

            // Then
            await().until(() -> plc.get("missed").equals(true));
            assertThat(plc.get("taken")).isEqualTo(false);
        }
    }

    @Test
    void itemThatHasNoFormIsTold() throws Exception {
        // Given
        plc.set("name", "a b");
        try (var unused = Listening.to(source("trigger", "name"), sink)) {
            // When
            plc.set("trigger", true);

            // Then
            await().until(() -> plc.get("missed").equals(true));
            assertThat(sink.unreadable).singleElement().asString().contains("itemId is 'a b'");
        }
    }

    @Test
    void nodeThatIsNotThereIsNamed() {
        // Given
        var source = source("nothing", "item");

        // When
        var listening = assertThatThrownBy(() -> source.listen(sink));

        // Then
        listening
                .isInstanceOf(IOException.class)
                .hasMessageContaining("OPC UA controller at opc.tcp://localhost:" + plc.port)
                .hasMessageContaining("cannot watch node nsu=urn:controller:program;s=MAIN.nothing");
    }

    @Test
    void controllerThatGoesIsTold() throws Exception {
        // Given
        try (var listening = Listening.to(source("trigger", "item"), sink)) {
            // When
            plc.close();

            // Then
            assertThat(listening.ended.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("OPC UA controller at opc.tcp://localhost:" + plc.port + ": ");
        }
    }

    @Test
    void interruptEndsIt() throws Exception {
        // Given
        var listening = Listening.to(source("trigger", "item"), sink);

        // When
        listening.close();

        // Then
        assertThat(listening.ended.join()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void settingsThatAreNoneAreRefused() {
        // When
        var secured = assertThatThrownBy(() -> new OpcUaCallSettings(
                "opc.tcp://localhost:4840", "sign", null, null, OpcUaPlc.node("trigger"), null, null, null, null));
        var node = assertThatThrownBy(() -> new OpcUaCallSettings(
                "opc.tcp://localhost:4840", "none", null, null, "trigger", null, null, null, null));

        // Then
        secured.hasMessage("security is 'sign': must be none, for triggers come by open connections alone");
        node.hasMessage("trigger is 'trigger', which is no node id: write it like ns=4;s=MAIN.trigger");
    }

    private OpcUaCalls source(String trigger, String item) {
        var settings = new OpcUaCallSettings(
                "opc.tcp://localhost:" + plc.port,
                "none",
                null,
                5,
                OpcUaPlc.node(trigger),
                OpcUaPlc.node(item),
                OpcUaPlc.node("encoder"),
                OpcUaPlc.node("taken"),
                OpcUaPlc.node("missed"));
        return new OpcUaCalls(settings, "camera-1", InstantSource.fixed(NOW));
    }
}
