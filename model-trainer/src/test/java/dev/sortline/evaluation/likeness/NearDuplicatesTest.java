// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.likeness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.evaluation.figures.Prediction;
import dev.sortline.trainer.pictures.LabelledFolders;
import dev.sortline.trainer.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearDuplicatesTest {
    private Path trainedOn;
    private Path data;

    @BeforeEach
    void writePictures(@TempDir Path folder) throws IOException {
        trainedOn = folder.resolve("train");
        data = folder.resolve("val");
        for (int seed = 0; seed < 8; seed++) {
            PaintedPicture.of(seed).write(trainedOn.resolve("glass/" + seed + ".jpg"));
        }
    }

    @Test
    void findsAPictureThatWasSavedAgainSmallerAndBrighter() throws IOException {
        // Given
        Path image = PaintedPicture.of(7).half().brighter(25).write(data.resolve("glass/a.png"));

        // When
        NearDuplicates found = find();

        // Then
        assertThat(found.pairs()).extracting(NearDuplicate::image).containsExactly(image);
        assertThat(found.pairs().get(0).of()).isEqualTo(trainedOn.resolve("glass/7.jpg"));
    }

    @Test
    void findsPicturesThatWereTurnedOrMirrored() throws IOException {
        // Given
        PaintedPicture picture = PaintedPicture.of(3);
        List<PaintedPicture> quarters = new ArrayList<>();
        for (PaintedPicture side : List.of(picture, picture.mirrored())) {
            quarters.add(side);
            quarters.add(side.turned());
            quarters.add(side.turned().turned());
            quarters.add(side.turned().turned().turned());
        }
        for (int i = 0; i < quarters.size(); i++) {
            quarters.get(i).write(data.resolve("glass/" + i + ".jpg"));
        }

        // When
        NearDuplicates found = find();

        // Then
        assertThat(found.pairs())
                .hasSize(8)
                .extracting(NearDuplicate::of)
                .containsOnly(trainedOn.resolve("glass/3.jpg"));
    }

    @Test
    void leavesOtherPicturesAlone() throws IOException {
        // Given
        for (int seed = 100; seed < 110; seed++) {
            PaintedPicture.of(seed).write(data.resolve("glass/" + seed + ".jpg"));
        }

        // When
        NearDuplicates found = find();

        // Then
        assertThat(found.pairs()).isEmpty();
        assertThat(found.others()).isEqualTo(10);
    }

    @Test
    void comparesNoPicturesThatArePlainAllOver() throws IOException {
        // Given
        PaintedPicture.plain(120).write(trainedOn.resolve("empty/a.jpg"));
        PaintedPicture.plain(130).write(data.resolve("empty/b.jpg"));

        // When
        NearDuplicates found = find();

        // Then
        assertThat(found.pairs()).isEmpty();
        assertThat(found.notCompared()).isEqualTo(2);
    }

    @Test
    void tellsWhenTheLabelsDiffer() throws IOException {
        // Given
        PaintedPicture.of(5).write(data.resolve("metal/a.jpg"));
        PaintedPicture.of(6).write(data.resolve("glass/b.jpg"));

        // When
        NearDuplicates found = find();

        // Then
        assertThat(found.pairs()).hasSize(2);
        assertThat(found.labelConflicts()).extracting(NearDuplicate::label).containsExactly("metal");
    }

    @Test
    void saysHowGoodTheModelIsOnTheOthers() throws IOException {
        // Given
        PaintedPicture.of(5).write(data.resolve("glass/a.jpg"));
        PaintedPicture.of(500).write(data.resolve("glass/b.jpg"));
        PaintedPicture.of(501).write(data.resolve("metal/c.jpg"));

        // When
        NearDuplicates found = find();

        // Then
        assertThat(found.others()).isEqualTo(2);
        assertThat(found.othersRight()).isEqualTo(1);
    }

    @Test
    void countsWhatCannotBeRead() throws IOException {
        // Given
        PaintedPicture.of(5).write(data.resolve("glass/a.jpg"));
        Files.write(trainedOn.resolve("glass/broken.jpg"), new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0});

        // When
        NearDuplicates found = find();

        // Then
        assertThat(found.notCompared()).isEqualTo(1);
    }

    /** With a model to which everything is glass. */
    private NearDuplicates find() throws IOException {
        List<Prediction> predictions = LabelledFolders.list(List.of(data)).pictures().stream()
                .map(image -> new Prediction(image.file(), image.label(), "glass", 0.9, 0.1))
                .toList();
        return NearDuplicates.find(predictions, LabelledFolders.list(List.of(trainedOn)), ProgressListener.SILENT);
    }
}
