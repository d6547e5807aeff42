// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedNetworkTest {

    @Test
    void beginsAtAllWeightsOfThePackageTheClassifiersToo(@TempDir Path folder) throws IOException {
        // Given: its classifier is by chance, of this seed
        Path model = TinyPackage.writeTo(folder.resolve("tiny"), List.of("glass", "metal"), 32, 1, 7);
        NpyArray classifier = FrozenModel.weights(model).get("classifier_kernel");

        // When
        Network network = PackagedNetwork.of(ModelPackage.load(model));

        // Then
        assertThat(network.description()).startsWith("MobileNetV2");
        assertThat(network.initialWeights().get("classifier_kernel").values()).containsExactly(classifier.values());
    }
}
