// SPDX-License-Identifier: Apache-2.0
/** Triggers by MQTT 5. */
@NullMarked
package dev.sortline.camera.outside.mqtt;

import org.jspecify.annotations.NullMarked;
