// SPDX-License-Identifier: Apache-2.0
package dev.sortline.models;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets a model look at the pictures in its package's folder {@value ModelPackage#CHECK_FOLDER}: each answer must be one, with probabilities
 * from 0 to 1 that sum to 1; and where {@value #ANSWERS} beside that folder says what a picture shows, the answer must be that.
 */
final class CheckPictures {
    /** A JSON object: the label by the picture's file name. */
    static final String ANSWERS = "check.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CheckPictures() {}

    /** @throws ModelPackageException naming the first picture on which the model fails */
    static void require(ImageClassifier classifier) {
        ModelPackage model = classifier.model();
        Path file = model.folder().resolve(ANSWERS);
        try {
            Map<String, String> expected = expected(file);
            List<Path> pictures = model.checkPictures();
            for (Path picture : pictures) {
                String name = picture.getFileName().toString();
                require(model, name, expected.get(name), answer(classifier, picture));
            }
            var unknown = new TreeSet<>(expected.keySet());
            pictures.forEach(picture -> unknown.remove(picture.getFileName().toString()));
            if (!unknown.isEmpty()) {
                throw new ModelPackageException("%s: there are no pictures %s in %s"
                        .formatted(file, unknown, model.folder().resolve(ModelPackage.CHECK_FOLDER)));
            }
        } catch (IOException e) {
            throw new ModelPackageException(
                    "cannot read the model package " + model.folder() + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, String> expected(Path file) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file), new TypeReference<Map<String, String>>() {});
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (JacksonException e) {
            throw new ModelPackageException(
                    file + ": must be a JSON object of labels by the name of their picture's file", e);
        }
    }

    private static void require(ModelPackage model, String picture, @Nullable String expected, Classification answer) {
        if (expected != null && !answer.label().equals(expected)) {
            throw new ModelPackageException("%s: model %s takes check picture %s for %s, and should for '%s'"
                    .formatted(model.folder(), model, picture, answer, expected));
        }
    }

    private static Classification answer(ImageClassifier classifier, Path picture) throws IOException {
        try (var image = classifier.decode(Files.readAllBytes(picture))) {
            return classifier.classify(List.of(image)).get(0);
        } catch (UnreadableImageException e) {
            throw new ModelPackageException(
                    "check picture %s cannot be read: %s".formatted(picture, e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new ModelPackageException(
                    "%s: its answer to check picture %s is none: %s"
                            .formatted(classifier.model().folder(), picture.getFileName(), e.getMessage()),
                    e);
        }
    }
}
