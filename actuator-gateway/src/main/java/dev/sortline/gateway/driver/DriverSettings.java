// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.sortline.gateway.modbus.ModbusClientSettings;
import dev.sortline.gateway.modbus.ModbusServerSettings;
import dev.sortline.gateway.mqtt.MqttSettings;
import dev.sortline.gateway.opcua.OpcUaClientSettings;
import dev.sortline.gateway.opcua.OpcUaServerSettings;
import java.nio.file.Path;
import java.util.Set;

/** One entry under {@code drivers} of the line file; {@code type} says which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ModbusClientSettings.class, name = "modbus-client"),
    @JsonSubTypes.Type(value = ModbusServerSettings.class, name = "modbus-server"),
    @JsonSubTypes.Type(value = MqttSettings.class, name = "mqtt"),
    @JsonSubTypes.Type(value = OpcUaClientSettings.class, name = "opcua-client"),
    @JsonSubTypes.Type(value = OpcUaServerSettings.class, name = "opcua-server"),
})
public interface DriverSettings {
    /** The lines that the driver acts on, of those that there are. */
    Set<String> lines(Set<String> all);

    /** The same, with paths that start at a folder. */
    default DriverSettings startingAt(Path folder) {
        return this;
    }

    /** Makes the driver; it reaches for nothing yet. */
    ActuatorDriver open(String name);
}
