// SPDX-License-Identifier: Apache-2.0
/**
 * Speaks OPC UA, signed and encrypted: as client ({@link OpcUaClientDriver}), on one connection that is never made again, and as
 * server ({@link OpcUaServerDriver}), whose {@link LineNamespace} is what clients see.
 */
@NullMarked
package dev.sortline.gateway.opcua;

import org.jspecify.annotations.NullMarked;
