// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.packages;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;

/**
 * Writes {@code saved_model.pb} with a graph that has no variables. The message is written directly, for {@code SavedModelBundle.exporter}
 * insists on them.
 */
public final class SavedModelFile {
    public static final String SERVING_TAG = "serve";
    public static final String SIGNATURE = "serving_default";

    private SavedModelFile() {}

    /**
     * Writes the file; the same graph gives the same bytes.
     *
     * @param signature what to feed and to fetch, to be called {@code serving_default}
     * @throws IOException if the disk fails
     */
    public static void write(Path file, GraphDef graph, SignatureDef signature) throws IOException {
        SavedModel model = SavedModel.newBuilder()
                .setSavedModelSchemaVersion(1)
                .addMetaGraphs(MetaGraphDef.newBuilder()
                        .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags(SERVING_TAG))
                        .setGraphDef(graph)
                        .putSignatureDef(SIGNATURE, signature))
                .build();
        try (OutputStream out = Files.newOutputStream(file)) {
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            coded.useDeterministicSerialization();
            model.writeTo(coded);
            coded.flush();
        }
    }
}
