// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.sortline.gateway.driver.DriverSettings;
import dev.sortline.gateway.modbus.ModbusClientSettings;
import dev.sortline.gateway.modbus.ModbusServerSettings;
import dev.sortline.gateway.mqtt.MqttSettings;
import dev.sortline.gateway.opcua.OpcUaClientSettings;
import dev.sortline.gateway.opcua.OpcUaServerSettings;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The drivers that there are, by what {@code type} says under {@code drivers} of the line file. A driver that is new is named here. */
public final class DriverTypes {
    /** The settings of each type, by its name, in the order of the alphabet. Cannot be changed. */
    public static final SortedMap<String, Class<? extends DriverSettings>> BY_NAME = byName();

    private DriverTypes() {}

    private static SortedMap<String, Class<? extends DriverSettings>> byName() {
        SortedMap<String, Class<? extends DriverSettings>> types = new TreeMap<>();
        types.put("modbus-client", ModbusClientSettings.class);
        types.put("modbus-server", ModbusServerSettings.class);
        types.put("mqtt", MqttSettings.class);
        types.put("opcua-client", OpcUaClientSettings.class);
        types.put("opcua-server", OpcUaServerSettings.class);
        return Collections.unmodifiableSortedMap(types);
    }

    /** For a mapper that reads {@link DriverSettings}: without it none of them has a name there. */
    public static Module jackson() {
        var module = new SimpleModule("sortline-drivers");
        BY_NAME.forEach((name, settings) -> module.registerSubtypes(new NamedType(settings, name)));
        return module;
    }
}
