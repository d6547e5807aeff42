// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;

/**
 * A node of a controller that has been found fit.
 *
 * @param id its id, by the namespace's index in this session
 * @param type what it holds
 */
record OpcUaVariable(NodeId id, OpcUaType type) {

    /** Puts a value of its type into it. Without status and times, which many controllers refuse. */
    WriteValue with(Object value) {
        return new WriteValue(id, AttributeId.Value.uid(), null, DataValue.valueOnly(new Variant(value)));
    }
}
