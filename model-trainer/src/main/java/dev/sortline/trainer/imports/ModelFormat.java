// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.imports;

import dev.sortline.trainer.keras.KerasFile;
import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.layers.PictureInput;
import dev.sortline.trainer.onnx.reading.OnnxFile;
import dev.sortline.trainer.tflite.TfliteFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a file of another tool is, by its first bytes; and how it becomes a SavedModel. */
enum ModelFormat {
    KERAS(0, "PK\u0003\u0004"),
    KERAS_LEGACY(0, "\u0089HDF\r\n\u001a\n"),
    TENSORFLOW_LITE(4, "TFL3"),
    /** A message of Protocol Buffers has no sign of its own; it begins with the version of the format. */
    ONNX(0, "\b");

    private static final int LOOKED_AT = 16;

    private final int offset;
    /** A letter a byte. */
    private final String magic;

    ModelFormat(int offset, String magic) {
        this.offset = offset;
        this.magic = magic;
    }

    /**
     * Says what a file is.
     *
     * @throws ForeignNetworkException if it is of no known kind
     * @throws IOException if it cannot be read
     */
    static ModelFormat of(Path file) throws IOException {
        String beginning;
        try (InputStream in = Files.newInputStream(file)) {
            beginning = new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
        }
        for (ModelFormat format : values()) {
            if (beginning.startsWith(format.magic, format.offset)) {
                return format;
            }
        }
        throw new ForeignNetworkException(
                "is none of what can be imported: a SavedModel's folder, a file .keras or .h5 that Keras' model.save wrote, .onnx or .tflite");
    }

    /**
     * Writes a file of this kind as a SavedModel.
     *
     * @param folder is there and empty
     * @throws ForeignNetworkException if it is damaged, or has what is not known here
     * @throws IOException if it cannot be read, or the disk fails
     */
    void write(Path file, PictureInput input, Path folder) throws IOException {
        switch (this) {
            case KERAS -> KerasFile.writeZipped(file, input, folder);
            case KERAS_LEGACY -> KerasFile.writeLegacy(file, input, folder);
            case TENSORFLOW_LITE -> TfliteFile.write(file, input, folder);
            case ONNX -> OnnxFile.write(file, input, folder);
        }
    }
}
