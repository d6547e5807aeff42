// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.sortline.camera.mjpeg.MjpegSettings;
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

    private CameraTypes() {}

    private static SortedMap<String, Class<? extends SourceSettings>> sources() {
        SortedMap<String, Class<? extends SourceSettings>> types = new TreeMap<>();
        types.put("mjpeg", MjpegSettings.class);
        return Collections.unmodifiableSortedMap(types);
    }

    private static SortedMap<String, Class<? extends TriggerSettings>> triggers() {
        SortedMap<String, Class<? extends TriggerSettings>> types = new TreeMap<>();
        types.put("every", EverySettings.class);
        types.put("interval", IntervalSettings.class);
        types.put("motion", MotionSettings.class);
        types.put("item", ItemSettings.class);
        return Collections.unmodifiableSortedMap(types);
    }

    /** For a mapper that reads {@link SourceSettings} and {@link TriggerSettings}: without it none of them has a name there. */
    public static Module jackson() {
        var module = new SimpleModule("sortline-cameras");
        SOURCES.forEach((name, settings) -> module.registerSubtypes(new NamedType(settings, name)));
        TRIGGERS.forEach((name, settings) -> module.registerSubtypes(new NamedType(settings, name)));
        return module;
    }
}
