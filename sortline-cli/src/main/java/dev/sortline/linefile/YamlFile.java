// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.sortline.camera.CameraTypes;
import dev.sortline.gateway.DriverTypes;
import dev.sortline.process.CommandFailure;
import dev.sortline.sorting.BadDescriptionException;
import dev.sortline.trouble.OneLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** A YAML file that somebody wrote: each mistake in it is told in one line with its place. */
final class YamlFile {
    private static final int MOST_CHARACTERS_OF_KEYS = 120;
    private static final int MOST_CHARACTERS_OF_A_PROBLEM = 250;

    /** How all files are read. */
    static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            // As YAML 1.2 and editors have it: on and off are words.
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .annotationIntrospector(new RequiredIsNotNull())
            .addModule(new SimpleModule().addDeserializer(Path.class, new FileName()))
            .addModule(DriverTypes.jackson())
            .addModule(CameraTypes.jackson())
            .build();

    /** What must be there must also be something: a key with nothing behind its colon is no value. */
    private static final class RequiredIsNotNull extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public JsonSetter.Value findSetterInfo(Annotated property) {
            return Boolean.TRUE.equals(hasRequiredMarker((AnnotatedMember) property))
                    ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
                    : super.findSetterInfo(property);
        }
    }

    /** Jackson's own takes names with a colon for addresses, and files of other file systems for files. */
    private static final class FileName extends FromStringDeserializer<Path> {
        private static final long serialVersionUID = 1;

        FileName() {
            super(Path.class);
        }

        @Override
        protected Path _deserialize(String name, DeserializationContext context) {
            return Path.of(name);
        }
    }

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
                    "%s:%d:%d: %s".formatted(path, mark.getLine() + 1, mark.getColumn() + 1, told(e.getProblem())));
        } catch (YAMLException e) {
            throw CommandFailure.ofConfiguration("%s:1:1: %s".formatted(path, told(e.getMessage())));
        }
    }

    /**
     * What the file says.
     *
     * @throws CommandFailure telling the first mistake
     */
    <T> T as(Class<T> type) {
        try {
            T content = YAML.readValue(text, type);
            if (content == null) {
                throw mistake(List.of(), "is empty");
            }
            return content;
        } catch (JsonMappingException e) {
            throw mistake(e);
        } catch (JsonProcessingException e) {
            throw misspelt(e);
        }
    }

    /** A mistake at a place in the file. */
    CommandFailure mistake(List<String> keys, String problem) {
        return CommandFailure.ofConfiguration(
                "%s: %s: %s".formatted(place(keys), keys.isEmpty() ? "the file" : named(keys), told(problem)));
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
        if (e instanceof InvalidNullException || e.getCause() instanceof NullPointerException) {
            return mistake(keys, "a value is missing");
        }
        if (e instanceof InvalidTypeIdException unknown) {
            return mistake(keys, unknownType(unknown));
        }
        boolean missing = e.getOriginalMessage().startsWith("Missing required creator property");
        return mistake(keys, missing ? "is missing" : e.getOriginalMessage());
    }

    private CommandFailure misspelt(JsonProcessingException e) {
        var place = e.getLocation();
        return CommandFailure.ofConfiguration(
                "%s:%d:%d: %s".formatted(path, place.getLineNr(), place.getColumnNr(), told(e.getOriginalMessage())));
    }

    private static String unknownType(InvalidTypeIdException unknown) {
        String known = unknown.getOriginalMessage().replaceFirst("(?s).*known type ids = (\\[[^]]*]).*", "$1");
        return unknown.getTypeId() == null
                ? "type is missing: must be one of the known types"
                : "type is '%s': must be one of %s".formatted(unknown.getTypeId(), known);
    }

    private static String named(List<String> keys) {
        return OneLine.of(String.join(".", keys), MOST_CHARACTERS_OF_KEYS);
    }

    private static String told(@Nullable String problem) {
        String first = String.valueOf(problem).lines().findFirst().orElse("");
        return OneLine.of(first, MOST_CHARACTERS_OF_A_PROBLEM);
    }
}
