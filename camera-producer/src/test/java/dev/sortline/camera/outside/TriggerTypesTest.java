// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.sortline.camera.outside.modbus.ModbusCallSettings;
import dev.sortline.camera.outside.modbus.WordOrder;
import dev.sortline.camera.outside.mqtt.MqttCallSettings;
import dev.sortline.camera.outside.opcua.OpcUaCallSettings;
import dev.sortline.camera.picture.Region;
import dev.sortline.camera.trigger.EverySettings;
import dev.sortline.camera.trigger.IntervalSettings;
import dev.sortline.camera.trigger.ItemSettings;
import dev.sortline.camera.trigger.MotionSettings;
import dev.sortline.camera.trigger.TriggerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings as they stand in a line file. */
class TriggerTypesTest {
    private final ObjectMapper json = new ObjectMapper();

    TriggerTypesTest() {
        json.registerSubtypes(
                new NamedType(EverySettings.class, "every"),
                new NamedType(IntervalSettings.class, "interval"),
                new NamedType(MotionSettings.class, "motion"),
                new NamedType(ItemSettings.class, "item"),
                new NamedType(OutsideSettings.class, "outside"),
                new NamedType(MqttCallSettings.class, "mqtt"),
                new NamedType(ModbusCallSettings.class, "modbus"),
                new NamedType(OpcUaCallSettings.class, "opcua"));
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of("{'type':'every'}", new EverySettings()),
                Arguments.of("{'type':'interval','millis':100}", new IntervalSettings(100)),
                Arguments.of("{'type':'motion'}", new MotionSettings(null, null, null, null)),
                Arguments.of(
                        "{'type':'item','region':{'left':0.4,'top':0,'width':0.1,'height':1},'framesPerItem':3}",
                        new ItemSettings(new Region(0.4, 0, 0.1, 1), null, null, 3, null)),
                Arguments.of("{'type':'outside'}", new OutsideSettings(null, null, null, null)),
                Arguments.of(
                        "{'type':'outside','source':{'type':'mqtt','host':'broker','topic':'eye'},'waitMillis':200}",
                        new OutsideSettings(
                                new MqttCallSettings("broker", null, null, null, null, "eye", null), 200, null, null)),
                Arguments.of(
                        "{'type':'outside','source':{'type':'modbus','host':'plc','triggerCoil':1,'itemRegister':5,"
                                + "'wordOrder':'low-first'}}",
                        new OutsideSettings(
                                new ModbusCallSettings(
                                        "plc",
                                        null,
                                        null,
                                        null,
                                        null,
                                        1,
                                        null,
                                        5,
                                        null,
                                        WordOrder.LOW_FIRST,
                                        null,
                                        null),
                                null,
                                null,
                                null)),
                Arguments.of(
                        "{'type':'outside','source':{'type':'opcua','endpoint':'opc.tcp://plc:4840','security':'none',"
                                + "'trigger':'ns=3;s=MAIN.eye'}}",
                        new OutsideSettings(
                                new OpcUaCallSettings(
                                        "opc.tcp://plc:4840",
                                        "none",
                                        null,
                                        null,
                                        "ns=3;s=MAIN.eye",
                                        null,
                                        null,
                                        null,
                                        null),
                                null,
                                null,
                                null)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void settingsAreRead(String written, TriggerSettings settings) throws IOException {
        // When
        TriggerSettings read = json.readValue(written.replace('\'', '"'), TriggerSettings.class);

        // Then
        assertThat(read).isEqualTo(settings);
    }

    @Test
    void filesAreThoseBesideTheLineFile() {
        // Given
        var settings = new OutsideSettings(
                new MqttCallSettings(
                        "broker",
                        null,
                        "camera",
                        Path.of("password"),
                        new MqttCallSettings.Tls(Path.of("trust.pem")),
                        "eye",
                        null),
                null,
                null,
                null);

        // When
        OutsideSettings started = settings.startingAt(Path.of("line"));

        // Then
        assertThat(started.source())
                .isEqualTo(new MqttCallSettings(
                        "broker",
                        null,
                        "camera",
                        Path.of("line/password"),
                        new MqttCallSettings.Tls(Path.of("line/trust.pem")),
                        "eye",
                        null));
    }
}
