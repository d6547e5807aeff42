// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the model's card says that it answers: the figures of its broadest evaluation, as {@code sortline evaluate --card} wrote them into the
 * package's folder {@code evaluations}. The package's digest does not cover them, and a package need not have any.
 *
 * @param data the folder of labelled pictures that was evaluated
 * @param pictures how many there were
 * @param shares how often each label was answered, of all answers but the empty belt, 0..1; labels that were never answered may be missing
 * @param confidence mean confidence of all answers, 0..1
 * @param shown how many labels the pictures show, the empty belt not counted
 */
public record CardFigures(String data, int pictures, Map<String, Double> shares, double confidence, int shown) {
    private static final JsonMapper JSON = new JsonMapper();

    public CardFigures {
        if (pictures < 1 || !(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("pictures is %d and confidence %s: must be at least 1, and from 0 to 1"
                    .formatted(pictures, confidence));
        }
        shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
    }

    /**
     * The figures of the evaluation that shows most labels, and of several such of the one with the most pictures; empty where no evaluation
     * tells both shares and confidence.
     */
    public static Optional<CardFigures> of(ModelPackage model) {
        return files(model.folder().resolve(ModelPackage.EVALUATIONS_FOLDER)).stream()
                .flatMap(file -> read(file).stream())
                .max(Comparator.comparingInt(CardFigures::shown).thenComparingInt(CardFigures::pictures));
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<CardFigures> read(Path file) {
        try {
            return of(JSON.readTree(file.toFile()));
        } catch (JacksonException | IllegalArgumentException e) {
            // Whoever wrote it: what it does not tell is not known.
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<CardFigures> of(JsonNode evaluation) {
        Map<String, Double> shares = shares(evaluation.path("confusion"));
        double confidence = 0;
        long counted = 0;
        for (JsonNode bin : evaluation.path("reliability")) {
            confidence +=
                    bin.path("confidence").asDouble() * bin.path("pictures").asLong();
            counted += bin.path("pictures").asLong();
        }
        return shares.isEmpty() || counted == 0
                ? Optional.empty()
                : Optional.of(new CardFigures(
                        evaluation.path("data").asText(),
                        evaluation.path("pictures").asInt(),
                        shares,
                        confidence / counted,
                        labelsShown(evaluation.path("confusion"))));
    }

    private static int labelsShown(JsonNode confusion) {
        int shown = 0;
        for (int label = 0; label < confusion.path("labels").size(); label++) {
            int pictures = 0;
            for (JsonNode count : confusion.path("rows").path(label)) {
                pictures += count.asInt();
            }
            if (pictures > 0 && !confusion.path("labels").get(label).asText().equals(ModelPackage.EMPTY_LABEL)) {
                shown++;
            }
        }
        return shown;
    }

    private static Map<String, Double> shares(JsonNode confusion) {
        Map<String, Double> answers = new LinkedHashMap<>();
        for (int answered = 0; answered < confusion.path("labels").size(); answered++) {
            String label = confusion.path("labels").get(answered).asText();
            double sum = 0;
            for (JsonNode row : confusion.path("rows")) {
                sum += row.path(answered).asDouble();
            }
            if (!label.equals(ModelPackage.EMPTY_LABEL)) {
                answers.put(label, sum);
            }
        }
        double all = answers.values().stream().mapToDouble(Double::doubleValue).sum();
        if (!(all > 0)) {
            return Map.of();
        }
        answers.replaceAll((label, count) -> count / all);
        return answers;
    }
}
