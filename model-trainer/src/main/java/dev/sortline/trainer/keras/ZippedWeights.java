// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sortline.trainer.network.NpyArray;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Weights of a {@code .keras} file: {@code layers/conv2d_1/vars/0}. The folders are numbered by the class of their layer, in the order of
 * the layers; newer files also say the layer's name, in an attribute of {@code vars}.
 */
final class ZippedWeights implements KerasWeights {
    private static final String LAYERS = "layers";
    private static final String VARIABLES = "vars";

    private final Map<String, Group> groups = new HashMap<>();
    private final Map<String, JsonNode> models = new HashMap<>();

    private ZippedWeights() {}

    static ZippedWeights of(Group model, JsonNode config) {
        ZippedWeights weights = new ZippedWeights();
        if (!(model.getChild(LAYERS) instanceof Group layers)) {
            return weights;
        }
        Map<String, Integer> counts = new HashMap<>();
        for (JsonNode layer : config.path("config").path(LAYERS)) {
            String name = KerasLayer.nameOf(layer);
            weights.models.put(name, layer);
            String kind = snakeCase(layer.path("class_name").asText());
            int number = counts.merge(kind, 1, Integer::sum) - 1;
            if (layers.getChild(number == 0 ? kind : kind + "_" + number) instanceof Group group) {
                weights.groups.put(name, group);
            }
        }
        Map<String, Group> named = new HashMap<>();
        for (Node child : layers) {
            if (child instanceof Group group && group.getChild(VARIABLES) instanceof Group variables) {
                Attribute name = variables.getAttribute("name");
                if (name != null) {
                    named.put(String.valueOf(name.getData()), group);
                }
            }
        }
        weights.groups.putAll(named);
        return weights;
    }

    @Override
    public NpyArray[] of(String layer, String... names) {
        Group group = groups.get(layer);
        NpyArray[] weights = new NpyArray[names.length];
        for (int i = 0; i < names.length; i++) {
            if (group == null
                    || !(group.getChild(VARIABLES) instanceof Group variables)
                    || !(variables.getChild(String.valueOf(i)) instanceof Dataset dataset)) {
                throw KerasWeights.missing(layer, names[i]);
            }
            weights[i] = KerasWeights.array(dataset);
        }
        return weights;
    }

    @Override
    public KerasWeights inside(String model) {
        Group group = groups.get(model);
        JsonNode config = models.get(model);
        return group == null || config == null ? new ZippedWeights() : of(group, config);
    }

    /** {@code DepthwiseConv2D} as {@code depthwise_conv2d}, {@code ReLU} as {@code re_lu}. */
    private static String snakeCase(String kind) {
        return kind.replaceAll("\\W+", "")
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
