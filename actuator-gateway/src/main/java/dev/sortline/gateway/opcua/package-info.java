// SPDX-License-Identifier: Apache-2.0
/**
 * Speaks OPC UA, as client ({@link OpcUaClientDriver}) and as server ({@link OpcUaServerDriver}), signed and encrypted.
 */
@NullMarked
package dev.sortline.gateway.opcua;

import org.jspecify.annotations.NullMarked;
