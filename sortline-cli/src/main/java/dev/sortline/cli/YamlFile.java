// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sortline.process.CommandFailure;
import dev.sortline.stream.BadDescriptionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** A YAML file that somebody wrote: each mistake in it is told in one line with its place. */
final class YamlFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path path;
    private final String text;
    private final YamlPlaces places;

    /**
     * @param path where the text comes from, to tell it
     * @throws CommandFailure when the text is no YAML
     */
    YamlFile(Path path, String text) {
        this.path = path;
        this.text = text;
        try {
            places = new YamlPlaces(text);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw CommandFailure.ofConfiguration(
                    "%s:%d:%d: %s".formatted(path, mark.getLine() + 1, mark.getColumn() + 1, e.getProblem()));
        } catch (YAMLException e) {
            throw CommandFailure.ofConfiguration(
                    "%s:1:1: %s".formatted(path, firstLine(String.valueOf(e.getMessage()))));
        }
    }

    /**
     * What the file says.
     *
     * @throws CommandFailure telling the first mistake
     */
    <T> T as(Class<T> type) {
        try {
            return YAML.readValue(text, type);
        } catch (JsonMappingException e) {
            throw mistake(e);
        } catch (JsonProcessingException e) {
            throw misspelt(e);
        }
    }

    /** A mistake at a place in the file. */
    CommandFailure mistake(List<String> keys, String problem) {
        return CommandFailure.ofConfiguration(
                "%s: %s: %s".formatted(place(keys), keys.isEmpty() ? "the file" : String.join(".", keys), problem));
    }

    /** {@code file:line:column} of the deepest of the keys that is there. */
    String place(List<String> keys) {
        return path + ":" + places.of(keys);
    }

    private CommandFailure mistake(JsonMappingException e) {
        var keys = e.getPath().stream()
                .map(part -> part.getFieldName() == null ? String.valueOf(part.getIndex()) : part.getFieldName())
                .collect(Collectors.toCollection(ArrayList::new));
        if (e instanceof UnrecognizedPropertyException unknown) {
            var known = new TreeSet<>(
                    unknown.getKnownPropertyIds().stream().map(String::valueOf).toList());
            return mistake(keys, "unknown key, known are " + known);
        }
        if (e.getCause() instanceof JsonParseException misspelt) {
            return misspelt(misspelt);
        }
        if (e.getCause() instanceof BadDescriptionException bad) {
            keys.addAll(bad.path());
            return mistake(keys, String.valueOf(bad.getMessage()));
        }
        if (e.getCause() instanceof IllegalArgumentException refused) {
            String problem = String.valueOf(refused.getMessage());
            // Our own records begin with the component that they refuse.
            keys.add(problem.substring(0, Math.max(0, problem.indexOf(' '))));
            return mistake(keys, problem);
        }
        if (e.getCause() instanceof NullPointerException) {
            return mistake(keys, "a value is missing");
        }
        if (e instanceof InvalidTypeIdException unknown) {
            return mistake(keys, unknownType(unknown));
        }
        boolean missing = e.getOriginalMessage().startsWith("Missing required creator property");
        return mistake(keys, missing ? "is missing" : firstLine(e.getOriginalMessage()));
    }

    private CommandFailure misspelt(JsonProcessingException e) {
        var place = e.getLocation();
        return CommandFailure.ofConfiguration("%s:%d:%d: %s"
                .formatted(path, place.getLineNr(), place.getColumnNr(), firstLine(e.getOriginalMessage())));
    }

    private static String unknownType(InvalidTypeIdException unknown) {
        String known = unknown.getOriginalMessage().replaceFirst("(?s).*known type ids = (\\[[^]]*]).*", "$1");
        return unknown.getTypeId() == null
                ? "type is missing: must be one of the known types"
                : "type is '%s': must be one of %s".formatted(unknown.getTypeId(), known);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
