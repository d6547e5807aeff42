// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.sortline.camera.device.DeviceSettings;
import dev.sortline.camera.folder.FolderSettings;
import dev.sortline.camera.genicam.GenicamSettings;
import dev.sortline.camera.mjpeg.MjpegSettings;
import dev.sortline.camera.outside.CallSourceSettings;
import dev.sortline.camera.outside.OutsideSettings;
import dev.sortline.camera.outside.modbus.ModbusCallSettings;
import dev.sortline.camera.outside.mqtt.MqttCallSettings;
import dev.sortline.camera.outside.opcua.OpcUaCallSettings;
import dev.sortline.camera.push.PushSourceSettings;
import dev.sortline.camera.rtsp.RtspSettings;
import dev.sortline.camera.source.SourceSettings;
import dev.sortline.camera.trigger.EverySettings;
import dev.sortline.camera.trigger.IntervalSettings;
import dev.sortline.camera.trigger.ItemSettings;
import dev.sortline.camera.trigger.MotionSettings;
import dev.sortline.camera.trigger.TriggerSettings;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What cameras and triggers there are, by what {@code type} says of them in the line file. One that is new is named here. */
public final class CameraTypes {
    /** The settings of each kind of camera, by its name, in the order of the alphabet. Cannot be changed. */
    public static final SortedMap<String, Class<? extends SourceSettings>> SOURCES = sources();

    /** The settings of each kind of trigger, by its name, in the order of the alphabet. Cannot be changed. */
    public static final SortedMap<String, Class<? extends TriggerSettings>> TRIGGERS = triggers();

    /** The settings of each kind of caller for pictures, by its name, in the order of the alphabet. Cannot be changed. */
    public static final SortedMap<String, Class<? extends CallSourceSettings>> CALLERS = callers();

    private CameraTypes() {}

    private static SortedMap<String, Class<? extends SourceSettings>> sources() {
        SortedMap<String, Class<? extends SourceSettings>> types = new TreeMap<>();
        types.put("device", DeviceSettings.class);
        types.put("folder", FolderSettings.class);
        types.put("genicam", GenicamSettings.class);
        types.put("mjpeg", MjpegSettings.class);
        types.put("push", PushSourceSettings.class);
        types.put("rtsp", RtspSettings.class);
        return Collections.unmodifiableSortedMap(types);
    }

    private static SortedMap<String, Class<? extends TriggerSettings>> triggers() {
        SortedMap<String, Class<? extends TriggerSettings>> types = new TreeMap<>();
        types.put("every", EverySettings.class);
        types.put("interval", IntervalSettings.class);
        types.put("motion", MotionSettings.class);
        types.put("item", ItemSettings.class);
        types.put("outside", OutsideSettings.class);
        return Collections.unmodifiableSortedMap(types);
    }

    private static SortedMap<String, Class<? extends CallSourceSettings>> callers() {
        SortedMap<String, Class<? extends CallSourceSettings>> types = new TreeMap<>();
        types.put("modbus", ModbusCallSettings.class);
        types.put("mqtt", MqttCallSettings.class);
        types.put("opcua", OpcUaCallSettings.class);
        return Collections.unmodifiableSortedMap(types);
    }

    /** For a mapper that reads {@link SourceSettings}, {@link TriggerSettings} and {@link CallSourceSettings}: without it none has a name there. */
    public static Module jackson() {
        var module = new SimpleModule("sortline-cameras");
        SOURCES.forEach((name, settings) -> module.registerSubtypes(new NamedType(settings, name)));
        TRIGGERS.forEach((name, settings) -> module.registerSubtypes(new NamedType(settings, name)));
        CALLERS.forEach((name, settings) -> module.registerSubtypes(new NamedType(settings, name)));
        return module;
    }
}
