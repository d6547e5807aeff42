// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;

/** Types of a controller's nodes that the gateway writes. */
enum OpcUaType {
    BOOLEAN(OpcUaDataType.Boolean, 0),
    INT16(OpcUaDataType.Int16, 0x7fff),
    UINT16(OpcUaDataType.UInt16, 0xffff),
    INT32(OpcUaDataType.Int32, 0x7fff_ffff),
    UINT32(OpcUaDataType.UInt32, 0xffff_ffffL),
    FLOAT(OpcUaDataType.Float, 0),
    DOUBLE(OpcUaDataType.Double, 0),
    STRING(OpcUaDataType.String, 0);

    private static final double MILLE = 1_000;

    private final OpcUaDataType dataType;
    private final long most;

    OpcUaType(OpcUaDataType dataType, long most) {
        this.dataType = dataType;
        this.most = most;
    }

    /** The type with that data type; empty when there is none. */
    static Optional<OpcUaType> of(NodeId dataType) {
        return Stream.of(values())
                .filter(type -> type.dataType.getNodeId().equals(dataType))
                .findFirst();
    }

    /** As handbooks write it. */
    String word() {
        return dataType.name();
    }

    /** A count in one of the whole types; what it cannot hold begins anew at 0. */
    Object wrapped(long count) {
        return whole(count & most);
    }

    /** A number that text may hold, in one of the whole types; 0 when it is none or does not fit. */
    Object exact(String text) {
        boolean digits = text.matches("\\d{1,10}");
        long number = digits ? Long.parseLong(text) : 0;
        return whole(number > most ? 0 : number);
    }

    /** A part of one: 0 to 1 with a point, thousandths in whole types. */
    Object share(int perMille) {
        return switch (this) {
            case FLOAT -> (float) (perMille / MILLE);
            case DOUBLE -> perMille / MILLE;
            default -> whole(perMille);
        };
    }

    private Object whole(long number) {
        return switch (this) {
            case INT16 -> (short) number;
            case UINT16 -> UShort.valueOf((int) number);
            case INT32 -> (int) number;
            case UINT32 -> UInteger.valueOf(number);
            case BOOLEAN, FLOAT, DOUBLE, STRING -> throw new IllegalArgumentException(word() + " is no whole type");
        };
    }
}
