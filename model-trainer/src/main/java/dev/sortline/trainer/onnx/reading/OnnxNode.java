// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx.reading;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.sortline.trainer.layers.ForeignNetworkException;
import java.util.Optional;

/** One operation of a network, its attributes by their names. */
record OnnxNode(NodeProto proto) {

    String kind() {
        return proto.getOpType();
    }

    /** A node's name may be left away, its outputs' may not. */
    String name() {
        return proto.getName().isEmpty() ? output() : proto.getName();
    }

    String output() {
        return proto.getOutput(0);
    }

    String input(int index) {
        if (!has(index)) {
            throw unusable("lacks an input");
        }
        return proto.getInput(index);
    }

    /** An input that may be left away is left away by having no name. */
    boolean has(int index) {
        return index < proto.getInputCount() && !proto.getInput(index).isEmpty();
    }

    long number(String name, long absent) {
        return attribute(name).map(AttributeProto::getI).orElse(absent);
    }

    double fraction(String name, double absent) {
        return attribute(name).map(found -> (double) found.getF()).orElse(absent);
    }

    String text(String name, String absent) {
        return attribute(name).map(found -> found.getS().toStringUtf8()).orElse(absent);
    }

    boolean has(String name) {
        return attribute(name).isPresent();
    }

    long[] numbers(String name, long... absent) {
        return attribute(name)
                .map(found ->
                        found.getIntsList().stream().mapToLong(Long::longValue).toArray())
                .orElse(absent);
    }

    Optional<AttributeProto> attribute(String name) {
        return proto.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }

    /** Refuses an operation that is known, but not as it is set. */
    ForeignNetworkException unusable(String why) {
        return new ForeignNetworkException(
                "has a layer %s (%s) that %s, which is not known here".formatted(kind(), name(), why));
    }
}
