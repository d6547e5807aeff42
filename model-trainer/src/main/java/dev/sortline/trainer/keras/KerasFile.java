// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.keras;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.layers.LayerGraph;
import dev.sortline.trainer.layers.PictureInput;
import dev.sortline.trainer.layers.Signal;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A whole model as Keras saves it: {@code .keras}, a zip of {@code config.json}, {@code metadata.json} and {@code model.weights.h5} (Keras 3,
 * and 2 from 2.13 on), or {@code .h5} with the configuration in its attribute {@code model_config} and the weights below
 * {@code model_weights} (Keras 2 and 3). Files of weights alone say nothing of the layers, and are refused.
 */
public final class KerasFile {
    private static final String CONFIG = "config.json";
    private static final String METADATA = "metadata.json";
    private static final String WEIGHTS = "model.weights.h5";
    /** Larger ones are in no package, and would not fit into the memory. */
    private static final long MOST_BYTES = 1L << 30;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private KerasFile() {}

    /**
     * Writes a {@code .keras} file as a SavedModel.
     *
     * @param folder is there and empty
     * @throws ForeignNetworkException if it is none, is cut off, or has what is not known here
     * @throws IOException if the disk fails
     */
    public static void writeZipped(Path file, PictureInput input, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            JsonNode config = json(entry(zip, CONFIG));
            boolean old =
                    json(entry(zip, METADATA)).path("keras_version").asText().startsWith("2.");
            try (HdfFile hdf = HdfFile.fromBytes(entry(zip, WEIGHTS))) {
                write(config, ZippedWeights.of(hdf, config), old, input, folder);
            }
        } catch (ZipException e) {
            throw damaged(e);
        } catch (RuntimeException e) {
            throw told(e);
        }
    }

    /** As {@link #writeZipped}, of an {@code .h5} file. */
    public static void writeLegacy(Path file, PictureInput input, Path folder) throws IOException {
        try (HdfFile hdf = new HdfFile(file)) {
            Attribute config = hdf.getAttribute("model_config");
            if (config == null || !(hdf.getChild("model_weights") instanceof Group weights)) {
                throw new ForeignNetworkException(
                        "has weights but no layers: save the whole model, with model.save, not with model.save_weights");
            }
            Attribute version = hdf.getAttribute("keras_version");
            boolean old = version != null && String.valueOf(version.getData()).startsWith("2.");
            write(JSON.readTree(String.valueOf(config.getData())), LegacyWeights.of(weights), old, input, folder);
        } catch (JacksonException e) {
            throw damaged(e);
        } catch (RuntimeException e) {
            throw told(e);
        }
    }

    private static void write(JsonNode model, KerasWeights weights, boolean old, PictureInput input, Path folder)
            throws IOException {
        try (LayerGraph graph = LayerGraph.of(KerasNetwork.inputShape(model), input)) {
            Signal scores = new KerasNetwork(graph, model, weights, old).of(graph.input());
            graph.write(folder, scores);
        }
    }

    private static byte[] entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new ForeignNetworkException(
                    "has no %s: it is no model that Keras saved with model.save".formatted(name));
        }
        if (entry.getSize() > MOST_BYTES) {
            throw new ForeignNetworkException("has a %s of more than 1 GiB".formatted(name));
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) MOST_BYTES);
            if (bytes.length != entry.getSize()) {
                throw new ZipException(name + " ends too early");
            }
            return bytes;
        }
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw damaged(e);
        }
    }

    private static ForeignNetworkException damaged(Exception cause) {
        return new ForeignNetworkException("is cut off or damaged", cause);
    }

    /** What jHDF makes of bytes that are no HDF5 is of many kinds. */
    private static RuntimeException told(RuntimeException e) {
        return e instanceof ForeignNetworkException || e instanceof ModelPackageException ? e : damaged(e);
    }
}
