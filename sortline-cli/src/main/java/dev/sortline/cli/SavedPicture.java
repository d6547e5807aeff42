// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.camera.check.CheckedCamera.Saved;
import dev.sortline.camera.picture.Picture;
import dev.sortline.process.CommandFailure;
import dev.sortline.trainer.writing.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a picture of a checked camera goes. What is there is only written over where its name was asked for. */
final class SavedPicture {
    @Option(
            names = "--save",
            paramLabel = "FILE.jpg",
            description = "Where a picture is saved (default: here, under the camera's name).")
    private @Nullable Path file;

    @Option(names = "--no-save", description = "Save no picture.")
    private boolean none;

    /**
     * Looks whether something can be saved, before anybody waits for it.
     *
     * @throws CommandFailure when not
     */
    void checkPlace() {
        if (none && file != null) {
            throw CommandFailure.ofConfiguration("--save and --no-save: say only one of them");
        }
        if (file != null && !Files.isDirectory(folder(file))) {
            throw CommandFailure.ofConfiguration("--save is %s: there is no folder %s".formatted(file, folder(file)));
        }
        if (file != null && Files.isDirectory(file)) {
            throw CommandFailure.ofConfiguration("--save is %s: that is a folder; name a file".formatted(file));
        }
    }

    /**
     * Saves a picture, its bytes as they came.
     *
     * @param name the camera's
     * @return where; empty when nothing is to be saved
     * @throws CommandFailure when the disk fails
     */
    Optional<Saved> save(Picture picture, String name) {
        if (none) {
            return Optional.empty();
        }
        Path place =
                file == null ? free(fileName(name), picture.contentType().equals(Picture.PNG) ? ".png" : ".jpg") : file;
        boolean there = Files.exists(place);
        try {
            WholeFile.write(place, out -> out.write(picture.bytes()));
        } catch (IOException e) {
            throw CommandFailure.whileRunning("cannot save a picture as %s: %s".formatted(place, e), e);
        }
        return Optional.of(new Saved(place.toString(), there));
    }

    private static String fileName(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[.-]+", "");
    }

    private static Path free(String name, String ending) {
        Path place = Path.of(name + ending);
        for (int number = 2; Files.exists(place); number++) {
            place = Path.of(name + "-" + number + ending);
        }
        return place;
    }

    private static Path folder(Path file) {
        Path absolute = file.toAbsolutePath().getParent();
        return absolute == null ? file.toAbsolutePath() : absolute;
    }
}
