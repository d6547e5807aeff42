// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.keras;

import dev.sortline.trainer.network.NpyArray;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights of an {@code .h5} file: {@code model_weights/dense/dense/kernel:0}. A model that is a layer has all of its weights in its own
 * folder, where the last two names of a path are those of the layer and of the weight.
 */
final class LegacyWeights implements KerasWeights {
    private final Group weights;
    private final boolean inside;

    private LegacyWeights(Group weights, boolean inside) {
        this.weights = weights;
        this.inside = inside;
    }

    static LegacyWeights of(Group modelWeights) {
        return new LegacyWeights(modelWeights, false);
    }

    @Override
    public NpyArray[] of(String layer, String... names) {
        List<Dataset> all = datasets(layer);
        NpyArray[] found = new NpyArray[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            found[i] = KerasWeights.array(all.stream()
                    .filter(dataset -> isCalled(dataset, name))
                    .findFirst()
                    .orElseThrow(() -> KerasWeights.missing(layer, name)));
        }
        return found;
    }

    @Override
    public KerasWeights inside(String model) {
        return inside || !(weights.getChild(model) instanceof Group group) ? this : new LegacyWeights(group, true);
    }

    private List<Dataset> datasets(String layer) {
        List<Dataset> all = new ArrayList<>();
        if (inside) {
            collect(weights, all);
            all.removeIf(dataset -> !dataset.getParent().getPath().endsWith("/" + layer + "/"));
        } else if (weights.getByPath(layer) instanceof Group group) {
            collect(group, all);
        }
        return all;
    }

    private static void collect(Group group, List<Dataset> all) {
        for (Node child : group) {
            if (child instanceof Group inner) {
                collect(inner, all);
            } else if (child instanceof Dataset dataset) {
                all.add(dataset);
            }
        }
    }

    /** {@code kernel}, {@code kernel:0}; of a depthwise convolution {@code depthwise_kernel:0} too. */
    private static boolean isCalled(Dataset dataset, String name) {
        String plain = dataset.getName().replaceAll(":\\d+$", "");
        return plain.equals(name) || (name.equals(KerasLayer.KERNEL) && plain.equals("depthwise_kernel"));
    }
}
