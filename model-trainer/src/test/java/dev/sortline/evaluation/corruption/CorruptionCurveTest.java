// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.quantization.ColourNetwork;
import dev.sortline.trainer.pictures.LabelledFolders;
import dev.sortline.trainer.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorruptionCurveTest {
    @Test
    void asksAboutEachPictureAtEachStepAndLeavesOutWhatIsNone(@TempDir Path folder) throws IOException {
        // Given: plain colours, which stay what they are when smeared
        Path model = new ColourNetwork(1, 0).writePackage(folder.resolve("model"));
        Path pictures = ColourNetwork.writePictures(folder.resolve("pictures"), 2, 10);
        Files.writeString(pictures.resolve("red/note.txt"), "no picture");

        // When
        List<CorruptionCurve> curves;
        try (ImageClassifier classifier = ImageClassifier.open(ModelPackage.load(model))) {
            curves = CorruptionCurve.measure(
                    classifier, LabelledFolders.list(List.of(pictures)), ProgressListener.SILENT);
        }

        // Then
        assertThat(curves).extracting(CorruptionCurve::corruption).containsExactly(Corruption.values());
        assertThat(curves).allSatisfy(curve -> assertThat(curve.points())
                .extracting(CorruptionCurve.Point::strength)
                .isEqualTo(curve.corruption().strengths()));
        assertThat(curves.get(1).points()).allSatisfy(point -> {
            assertThat(point.images()).isEqualTo(6);
            assertThat(point.accuracy()).isEqualTo(1);
        });
    }
}
