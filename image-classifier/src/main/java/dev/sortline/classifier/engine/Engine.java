// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.engine;

import com.fasterxml.jackson.annotation.JsonValue;

/** What computes a network. */
public enum Engine {
    /** TensorFlow, which runs the SavedModel that every package has; in float32 or bfloat16. */
    TENSORFLOW("tensorflow"),
    /** ONNX Runtime, in float32 and int8, where the package has files for it and its library is there. */
    ONNX_RUNTIME("onnxruntime"),
    /** TensorFlow Lite with XNNPACK, in float32 and int8, where the package has files for it and its library is there. */
    TENSORFLOW_LITE("tflite");

    private final String name;

    Engine(String name) {
        this.name = name;
    }

    /** As settings, logs and metrics write it. */
    @JsonValue
    @Override
    public String toString() {
        return name;
    }
}
