// SPDX-License-Identifier: Apache-2.0
package dev.sortline.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.process.CommandFailure;
import dev.sortline.trainer.pictures.LabelledFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFolderTest {
    @TempDir
    private Path folder;

    private final ItemLabel glass = Reviews.label("line-1", "a", "glass");
    private final ReviewRequest picture = Reviews.request("line-1", "a", (byte) 1);

    @Test
    void pictureIsWrittenWithWhereItComesFrom() throws IOException {
        // When
        var summary = export(List.of(picture), glass);

        // Then
        assertThat(folder.resolve("glass/line-1-a.jpg")).hasBinaryContent(picture.image());
        assertThat(summary.written()).isEqualTo(1);
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("manifest.json").toFile())
                        .at("/pictures/0")
                        .toString())
                .isEqualTo("{\"file\":\"glass/line-1-a.jpg\",\"line\":\"line-1\",\"item\":\"a\",\"label\":\"glass\","
                        + "\"cause\":\"unsure\",\"model\":\"waste-mobilenet-v2 2.1.0\",\"plan\":\"six-fractions\","
                        + "\"modelSaid\":{\"decision\":\"UNCERTAIN\",\"label\":\"metal\",\"fraction\":\"metal\","
                        + "\"confidence\":0.4,\"gap\":0.1},\"decidedAt\":\"2026-01-01T00:00:00.015Z\","
                        + "\"saidBy\":\"operator\",\"saidAt\":\"2026-01-01T00:01:00Z\",\"sha256\":\""
                        + Sha256.of(picture.image()) + "\"}");
    }

    @Test
    void trainingTakesTheFolder() throws IOException {
        // Given
        export(List.of(picture), glass);

        // When
        var folders = LabelledFolders.list(List.of(folder));

        // Then
        assertThat(folders.labels()).containsExactly("glass");
        assertThat(folders.pictures()).hasSize(1);
    }

    @Test
    void whatIsThereIsKept() throws IOException {
        // Given
        export(List.of(picture), glass);

        // When
        var again = export(List.of(picture), glass);

        // Then
        assertThat(again).isEqualTo(new ExportSummary(1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void pictureThatTheClusterHasForgottenIsKeptAsLongAsItsLabelStands() throws IOException {
        // Given
        export(List.of(picture), glass);

        // When
        var later = export(List.of(), glass);

        // Then
        assertThat(later.pictures()).isEqualTo(1);
        assertThat(folder.resolve("glass/line-1-a.jpg")).exists();
    }

    @Test
    void pictureWithAnotherLabelMoves() throws IOException {
        // Given
        export(List.of(picture), glass);

        // When
        var summary = export(List.of(picture), Reviews.label("line-1", "a", "metal"));

        // Then
        assertThat(summary).isEqualTo(new ExportSummary(1, 0, 1, 0, 0, 0, 0));
        assertThat(folder.resolve("metal/line-1-a.jpg")).hasBinaryContent(picture.image());
        assertThat(folder.resolve("glass/line-1-a.jpg")).doesNotExist();
    }

    @Test
    void whatWasTakenBackIsRemoved() throws IOException {
        // Given
        export(List.of(picture), glass);

        // When
        var summary = export(List.of(picture), Reviews.label("line-1", "b", "metal"));

        // Then
        assertThat(summary).isEqualTo(new ExportSummary(0, 0, 0, 1, 0, 0, 0));
        assertThat(folder.resolve("glass/line-1-a.jpg")).doesNotExist();
    }

    @Test
    void fileOfSomebodyElseIsNotOverwritten() throws IOException {
        // Given
        Files.createDirectories(folder.resolve("glass"));
        Files.writeString(folder.resolve("glass/line-1-a.jpg"), "mine");

        // When
        var exporting = assertThatThrownBy(() -> export(List.of(picture), glass));

        // Then
        exporting.isInstanceOf(CommandFailure.class).hasMessageContaining("is in the way");
        assertThat(folder.resolve("glass/line-1-a.jpg")).hasContent("mine");
    }

    @Test
    void pictureThatSomebodyHasWorkedOnIsNotRemoved() throws IOException {
        // Given
        export(List.of(picture), glass);
        Files.writeString(folder.resolve("glass/line-1-a.jpg"), "cropped");

        // When
        export(List.of(picture), Reviews.label("line-1", "b", "metal"));

        // Then
        assertThat(folder.resolve("glass/line-1-a.jpg")).hasContent("cropped");
    }

    @Test
    void folderIsNotEmptiedForAClusterOnWhichNobodyHasSaidAnything() throws IOException {
        // Given
        export(List.of(picture), glass);

        // When
        var exporting = assertThatThrownBy(() -> export(List.of()));

        // Then
        exporting.isInstanceOf(CommandFailure.class).hasMessageContaining("is it the right one?");
        assertThat(folder.resolve("glass/line-1-a.jpg")).exists();
    }

    @Test
    void manifestThatNamesFilesElsewhereIsRefused() throws IOException {
        // Given
        export(List.of(picture), glass);
        Path manifest = folder.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("glass/line-1-a.jpg", "../../a.jpg"));

        // When
        var exporting = assertThatThrownBy(() -> export(List.of(picture), glass));

        // Then
        exporting.isInstanceOf(CommandFailure.class).hasMessageContaining("which is not in the folder");
    }

    private ExportSummary export(List<ReviewRequest> requests, ItemLabel... said) throws IOException {
        var labels = Reviews.labels(said);
        var names = FileNames.of(labels.all());
        var export = ExportFolder.open(folder);
        export.keepWhatIsStillSaid(labels, names);
        for (ReviewRequest request : requests) {
            String key = ItemLabel.key(request.event().lineId(), request.event().itemId());
            ItemLabel label = labels.all().get(key);
            if (label != null) {
                export.put(request, label, names.of(label, PictureKind.JPEG));
            }
        }
        export.writeManifest();
        return export.summary(0, 0, 0);
    }
}
