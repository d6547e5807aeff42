// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import static dev.sortline.gateway.opcua.OpcUaType.BOOLEAN;
import static dev.sortline.gateway.opcua.OpcUaType.DOUBLE;
import static dev.sortline.gateway.opcua.OpcUaType.FLOAT;
import static dev.sortline.gateway.opcua.OpcUaType.INT16;
import static dev.sortline.gateway.opcua.OpcUaType.INT32;
import static dev.sortline.gateway.opcua.OpcUaType.STRING;
import static dev.sortline.gateway.opcua.OpcUaType.UINT16;
import static dev.sortline.gateway.opcua.OpcUaType.UINT32;

import dev.sortline.gateway.rules.Shot;
import java.util.List;
import java.util.Locale;

/** What a node of a controller is told, and the types that it may have for it. */
enum OpcUaRole {
    EJECTOR,
    HEARTBEAT,
    SHOT,
    ITEM,
    LANE,
    CONFIDENCE,
    CAMERAS;

    List<OpcUaType> fitting() {
        return switch (this) {
            case EJECTOR -> List.of(BOOLEAN);
            case HEARTBEAT, SHOT, CAMERAS -> List.of(INT16, UINT16, INT32, UINT32);
            case ITEM, LANE -> List.of(STRING, INT16, UINT16, INT32, UINT32);
            case CONFIDENCE -> List.of(FLOAT, DOUBLE, INT16, UINT16, INT32, UINT32);
        };
    }

    /** As the line file writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is told with each shot; the others once a second. */
    boolean isOfShot() {
        return this != HEARTBEAT && this != CAMERAS;
    }

    /** What a node of one of the fitting types is told of a shot. Only where {@link #isOfShot}. */
    Object of(Shot shot, OpcUaType type) {
        return switch (this) {
            case EJECTOR -> true;
            case HEARTBEAT, CAMERAS -> throw new IllegalArgumentException("a shot has no " + word());
            case SHOT -> type.wrapped(shot.number());
            case ITEM ->
                type == STRING ? shot.event().itemId() : type.exact(shot.event().itemId());
            case LANE -> type == STRING ? shot.event().lane() : type.wrapped(shot.ejector());
            case CONFIDENCE -> type.share(shot.confidencePerMille());
        };
    }
}
