// SPDX-License-Identifier: Apache-2.0
/**
 * Speaks MQTT 5.
 */
@NullMarked
package dev.sortline.gateway.mqtt;

import org.jspecify.annotations.NullMarked;
