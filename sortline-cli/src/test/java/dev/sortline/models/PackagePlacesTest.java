// SPDX-License-Identifier: Apache-2.0
package dev.sortline.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagePlacesTest {
    @TempDir
    private Path folder;

    private Path model;
    private PackagePlaces places;

    @BeforeEach
    void start() throws IOException {
        model = ToyPackage.write(folder.resolve("waste"), "1", "glass");
        places = new PackagePlaces(model);
    }

    @Test
    void promotedPackageTakesThePlaceOfTheOneBeforeWhichIsKept() throws IOException {
        // Given
        places.replaceBy(ToyPackage.write(folder.resolve("canary"), "2", "glass"));

        // When
        places.replaceBy(ToyPackage.write(folder.resolve("canary"), "3", "glass"));

        // Then
        assertThat(version(model)).isEqualTo("3");
        assertThat(version(places.previous())).isEqualTo("2");
        assertThat(folders()).containsExactly("canary", "waste", "waste.previous");
    }

    @Test
    void rollbackBringsTheOneBeforeBackAndDoneTwiceAllIsAsItWas() throws IOException {
        // Given
        places.replaceBy(ToyPackage.write(folder.resolve("canary"), "2", "glass"));

        // When
        places.takeBack();
        String once = version(model);
        places.takeBack();

        // Then
        assertThat(once).isEqualTo("1");
        assertThat(version(model)).isEqualTo("2");
        assertThat(version(places.previous())).isEqualTo("1");
    }

    @Test
    void linkInTheModelsPlaceIsRenamedAndItsFolderStays() throws IOException {
        // Given
        Path first = Files.move(model, folder.resolve("v1"));
        Files.createSymbolicLink(model, first.getFileName());

        // When
        places.replaceBy(ToyPackage.write(folder.resolve("canary"), "2", "glass"));
        places.replaceBy(ToyPackage.write(folder.resolve("canary"), "3", "glass"));

        // Then
        assertThat(version(model)).isEqualTo("3");
        assertThat(version(first)).isEqualTo("1");
    }

    @Test
    void rollbackWithoutAPackageBeforeChangesNothing() {
        // When
        var takingBack = assertThatThrownBy(places::takeBack);

        // Then
        takingBack.isInstanceOf(NoSuchFileException.class);
        assertThat(version(model)).isEqualTo("1");
    }

    @Test
    void rollbackMendsASwitchThatWasCutOff() throws IOException {
        // Given
        Files.move(model, places.previous());

        // When
        places.takeBack();

        // Then
        assertThat(version(model)).isEqualTo("1");
    }

    private static String version(Path place) {
        return ModelPackage.load(place).version();
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
