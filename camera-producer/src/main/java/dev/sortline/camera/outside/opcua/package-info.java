// SPDX-License-Identifier: Apache-2.0
/** Triggers by a node of a controller that is an OPC UA server. */
@NullMarked
package dev.sortline.camera.outside.opcua;

import org.jspecify.annotations.NullMarked;
