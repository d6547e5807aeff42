// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.exports;

/** What others can be given. */
public enum ExportFormat {
    /** A folder that TensorFlow, TensorFlow Serving and Keras' TFSMLayer load. */
    SAVED_MODEL("saved-model"),
    /** One file for TensorFlow Lite, which is LiteRT now, in float32. */
    TFLITE("tflite"),
    /** One file for ONNX Runtime and its like, in float32. */
    ONNX("onnx");

    private final String typed;

    ExportFormat(String typed) {
        this.typed = typed;
    }

    /** As a person types it. */
    @Override
    public String toString() {
        return typed;
    }
}
