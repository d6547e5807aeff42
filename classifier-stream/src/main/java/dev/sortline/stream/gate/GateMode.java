// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.gate;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the gate of a camera does. */
public enum GateMode {
    /** There is none. */
    @JsonProperty("off")
    OFF,
    /** It learns, and counts what it would have answered. The network looks at every frame. */
    @JsonProperty("shadow")
    SHADOW,
    /** It answers the frames that it knows, but for a sample. */
    @JsonProperty("on")
    ON
}
