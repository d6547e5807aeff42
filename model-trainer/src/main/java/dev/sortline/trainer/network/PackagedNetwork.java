// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.trainer.progress.TrainingInputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The network of a package that was trained here, ready to learn on: all weights are the package's, those of the classifier too. */
public final class PackagedNetwork {
    private PackagedNetwork() {}

    /**
     * Reads it; which network it is, its weights say.
     *
     * @throws TrainingInputException if the package was not trained here
     */
    public static Network of(ModelPackage model) {
        PretrainedWeights base = PretrainedWeights.read(model.folder());
        Network untrained = untrained(model, base);
        Map<String, NpyArray> weights = new LinkedHashMap<>();
        untrained.initialWeights().forEach((name, array) -> {
            NpyArray tensor = base.tensor(name);
            if (!Arrays.equals(tensor.shape(), array.shape())) {
                throw new TrainingInputException("%s: %s is %s, needed is %s"
                        .formatted(
                                model.folder(), name, Arrays.toString(tensor.shape()), Arrays.toString(array.shape())));
            }
            weights.put(name, tensor);
        });
        return new Continued(untrained, weights);
    }

    private static Network untrained(ModelPackage model, PretrainedWeights base) {
        int labels = model.labels().size();
        if (base.has("hidden" + Network.KERNEL)) {
            return new SmallCnn(model.manifest().inputSize(), labels, 0);
        }
        return switch (base.count("b[0-9]+_dw" + Network.KERNEL)) {
            case 16 -> EfficientNetLite.LITE0.from(base, labels, 0);
            case 17 -> MobileNetV2.from(base, labels, 0);
            case 21 -> EfficientNetLite.LITE2.from(base, labels, 0);
            default ->
                throw new TrainingInputException(
                        "%s cannot learn on, for it was not trained by this command".formatted(model.folder()));
        };
    }

    /** A network that begins at other weights. */
    private record Continued(Network network, Map<String, NpyArray> initialWeights) implements Network {
        @Override
        public String description() {
            return network.description();
        }

        @Override
        public PixelScaling scaling() {
            return network.scaling();
        }

        @Override
        public int layer(String weight) {
            return network.layer(weight);
        }

        @Override
        public int lastLayer() {
            return network.lastLayer();
        }

        @Override
        public boolean takesAnySize() {
            return network.takesAnySize();
        }

        @Override
        public int features() {
            return network.features();
        }

        @Override
        public Operand<TFloat32> logits(
                Ops tf, Operand<TFloat32> images, WeightSource weights, UnaryOperator<Operand<TFloat32>> thinning) {
            return network.logits(tf, images, weights, thinning);
        }
    }
}
