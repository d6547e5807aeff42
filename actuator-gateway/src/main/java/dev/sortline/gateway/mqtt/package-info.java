// SPDX-License-Identifier: Apache-2.0
/**
 * Speaks MQTT 5. {@link MqttMessages} says what is published under which topic, {@link MqttOneConnection} how a connection ends at once.
 */
@NullMarked
package dev.sortline.gateway.mqtt;

import org.jspecify.annotations.NullMarked;
