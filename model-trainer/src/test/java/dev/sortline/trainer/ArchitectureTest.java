// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.trainer.learning.Recipe;
import dev.sortline.trainer.learning.Stage;
import dev.sortline.trainer.network.EfficientNetLite;
import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.network.TinyBackbone;
import dev.sortline.trainer.network.TinyEfficientNet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {

    @ParameterizedTest
    @EnumSource(names = {"MOBILENET_V2", "EFFICIENTNET_LITE0", "EFFICIENTNET_LITE2"})
    void fineTuningBeginsWithTheClassifierAloneAndEndsWithTheWholeNetwork(Architecture architecture, @TempDir Path base)
            throws IOException {
        // Given
        writeBase(architecture, base);
        TrainingRequest request = request(architecture, Optional.of(base));

        // When
        Recipe recipe = architecture.recipe(request);
        Network network = architecture.network(request, 3);

        // Then
        List<Stage> stages = recipe.stages();
        assertThat(stages).hasSize(3);
        assertThat(stages.get(0).firstLayer()).isEqualTo(network.lastLayer());
        assertThat(stages.get(1).firstLayer()).isBetween(1, network.lastLayer() - 1);
        assertThat(stages.get(2).firstLayer()).isZero();
        assertThat(stages.get(2).pictureSize()).isEqualTo(recipe.inputSize()).isEqualTo(architecture.usualInputSize());
        assertThat(recipe.epochs()).isEqualTo(architecture.usualEpochs());
    }

    @ParameterizedTest
    @EnumSource(names = {"EFFICIENTNET_LITE0", "EFFICIENTNET_LITE2"})
    void efficientNetIsNotTrainedFromNothing(Architecture architecture) {
        // Then
        assertThatThrownBy(() -> request(architecture, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("%s is not trained from nothing: give the base whose weights it starts from"
                        .formatted(architecture));
    }

    @Test
    void allNamesAreListed() {
        // Then
        assertThat(Architecture.names()).isEqualTo("mobilenet-v2, efficientnet-lite0, efficientnet-lite2 or cnn");
    }

    private static void writeBase(Architecture architecture, Path base) throws IOException {
        switch (architecture) {
            case MOBILENET_V2 -> TinyBackbone.writeTo(base);
            case EFFICIENTNET_LITE0 -> TinyEfficientNet.writeTo(base, EfficientNetLite.LITE0);
            case EFFICIENTNET_LITE2 -> TinyEfficientNet.writeTo(base, EfficientNetLite.LITE2);
            case CNN -> throw new IllegalArgumentException("a cnn has no base");
        }
    }

    private static TrainingRequest request(Architecture architecture, Optional<Path> base) {
        return new TrainingRequest(
                List.of(Path.of("data")),
                Optional.empty(),
                Optional.empty(),
                architecture,
                List.of(),
                base,
                Optional.empty(),
                architecture.usualInputSize(),
                architecture.usualEpochs(),
                Path.of("out"),
                "model",
                "1.0.0",
                1,
                1,
                Optional.empty());
    }
}
