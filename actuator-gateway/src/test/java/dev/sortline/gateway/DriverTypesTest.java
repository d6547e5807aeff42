// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.gateway.driver.DriverSettings;
import dev.sortline.gateway.mqtt.MqttSettings;
import org.junit.jupiter.api.Test;

class DriverTypesTest {
    private final JsonMapper mapper =
            JsonMapper.builder().addModule(DriverTypes.jackson()).build();

    @Test
    void typeSaysWhichDriverItIs() throws Exception {
        // Given
        String entry = "{\"type\": \"mqtt\", \"host\": \"broker\"}";

        // When
        DriverSettings settings = mapper.readValue(entry, DriverSettings.class);

        // Then
        assertThat(settings).isEqualTo(new MqttSettings("broker", null, null, null, null, null));
    }

    @Test
    void unknownTypeIsRefusedWithThoseThatThereAre() {
        // Given
        String entry = "{\"type\": \"profibus\", \"host\": \"plc\"}";

        // When
        var refusal = assertThatThrownBy(() -> mapper.readValue(entry, DriverSettings.class));

        // Then
        refusal.isInstanceOf(InvalidTypeIdException.class)
                .hasMessageContaining("[modbus-client, modbus-server, mqtt, opcua-client, opcua-server]");
    }
}
