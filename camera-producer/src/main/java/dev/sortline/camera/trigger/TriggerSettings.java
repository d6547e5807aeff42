// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Which pictures of a camera become frames, the entry {@code trigger} of one under {@code cameras} of the line file; {@code type} says how. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface TriggerSettings {}
