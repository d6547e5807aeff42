// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code model.json}: how the SavedModel beside it is to be fed and read. Every key but {@code strangeTemperature} and
 * {@code familiarityQuantiles} is needed, an unknown key is an error.
 *
 * @param name the model's name: small letters, digits, {@code . _ -}, beginning with a letter or digit, at most 64 characters
 * @param version the model's version, as {@code name} but capitals too
 * @param inputSize width and height of the network's input in pixels, 16..1024
 * @param scaling the range of the network's input
 * @param output what the network's output means
 * @param temperature what logits are divided by before the softmax, so that confidences are true (Guo et al., "On Calibration of Modern
 *     Neural Networks", 2017): 0.05..20, and 1 where nothing was calibrated
 * @param strangeTemperature the same for pictures that nothing known is less familiar than, see {@link Temperature}; absent where familiarity does
 *     not count
 * @param familiarityQuantiles those of {@link Familiarity}; empty where the network does not tell it
 * @param digest {@code sha256:} and 64 hex digits, as {@link ModelPackage#digestOf} computes it
 */
@JsonPropertyOrder({
    "name",
    "version",
    "inputSize",
    "scaling",
    "output",
    "temperature",
    "strangeTemperature",
    "familiarityQuantiles",
    "digest"
})
public record ModelManifest(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String version,
        @JsonProperty(required = true) int inputSize,
        @JsonProperty(required = true) PixelScaling scaling,
        @JsonProperty(required = true) NetworkOutput output,
        @JsonProperty(required = true) double temperature,
        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) @Nullable Double strangeTemperature,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
                List<Double> familiarityQuantiles,
        @JsonProperty(required = true) String digest) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL))
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    public ModelManifest {
        requireName(name);
        requireVersion(version);
        requireMatch("digest", digest, DIGEST);
        requireInputSize(inputSize);
        var unusedTemperature =
                new Temperature(temperature, strangeTemperature == null ? temperature : strangeTemperature);
        familiarityQuantiles = List.copyOf(familiarityQuantiles);
        if (!familiarityQuantiles.isEmpty()) {
            var unused = new Familiarity(familiarityQuantiles);
        } else if (strangeTemperature != null) {
            throw new IllegalArgumentException("strangeTemperature needs familiarityQuantiles");
        }
    }

    /** Of a network that does not tell how familiar a picture is. */
    public ModelManifest(
            String name,
            String version,
            int inputSize,
            PixelScaling scaling,
            NetworkOutput output,
            double temperature,
            String digest) {
        this(name, version, inputSize, scaling, output, temperature, null, List.of(), digest);
    }

    /** What logits are divided by. */
    public Temperature calibration() {
        return new Temperature(temperature, strangeTemperature == null ? temperature : strangeTemperature);
    }

    /** The same with other temperatures; where they do not differ, familiarity does not count. */
    public ModelManifest withCalibration(Temperature calibration) {
        return new ModelManifest(
                name,
                version,
                inputSize,
                scaling,
                output,
                calibration.familiar(),
                calibration.strange() == calibration.familiar() ? null : Double.valueOf(calibration.strange()),
                familiarityQuantiles,
                digest);
    }

    /** How familiar a picture is; empty where the network does not tell. */
    public Optional<Familiarity> familiarity() {
        return familiarityQuantiles.isEmpty() ? Optional.empty() : Optional.of(new Familiarity(familiarityQuantiles));
    }

    /** The same of a network that tells how familiar a picture is, on a scale. */
    public ModelManifest withFamiliarity(Familiarity scale, String newDigest) {
        return new ModelManifest(
                name,
                version,
                inputSize,
                scaling,
                output,
                temperature,
                strangeTemperature,
                scale.quantiles(),
                newDigest);
    }

    /** The same with another digest. */
    public ModelManifest withDigest(String newDigest) {
        return new ModelManifest(
                name,
                version,
                inputSize,
                scaling,
                output,
                temperature,
                strangeTemperature,
                familiarityQuantiles,
                newDigest);
    }

    /**
     * Checks a name before there is a manifest to put it into.
     *
     * @throws IllegalArgumentException if no model may be called so
     */
    public static void requireName(String name) {
        requireMatch("name", name, NAME);
    }

    /**
     * Checks a version before there is a manifest to put it into.
     *
     * @throws IllegalArgumentException if no version may be called so
     */
    public static void requireVersion(String version) {
        requireMatch("version", version, VERSION);
    }

    /**
     * Checks an input size before there is a manifest to put it into.
     *
     * @throws IllegalArgumentException if no network may have it
     */
    public static void requireInputSize(int inputSize) {
        if (inputSize < 16 || inputSize > 1024) {
            throw new IllegalArgumentException("inputSize must be 16..1024, but is " + inputSize);
        }
    }

    /** This manifest as the content of {@code model.json}. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JacksonException e) {
            throw new IllegalStateException("a manifest can always be written", e);
        }
    }

    /**
     * Reads the content of {@code model.json}.
     *
     * @throws IllegalArgumentException with one line that names the key, or the line and column, at fault
     */
    public static ModelManifest fromJson(String json) {
        try {
            return JSON.readValue(json, ModelManifest.class);
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException("unknown key '" + e.getPropertyName() + "'", e);
        } catch (ValueInstantiationException e) {
            Throwable cause = e.getCause();
            String message = cause == null ? e.getOriginalMessage() : cause.getMessage();
            throw new IllegalArgumentException(message, e);
        } catch (InvalidFormatException e) {
            throw new IllegalArgumentException(
                    "key '%s' cannot be '%s'%s".formatted(keyOf(e), e.getValue(), where(e)), e);
        } catch (MismatchedInputException e) {
            throw new IllegalArgumentException(firstLine(e.getOriginalMessage()) + where(e), e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no JSON: " + firstLine(e.getOriginalMessage()) + where(e), e);
        }
    }

    private static String keyOf(InvalidFormatException e) {
        return e.getPath().isEmpty() ? "?" : e.getPath().get(0).getFieldName();
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " (line %d, column %d)"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static void requireMatch(String key, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("%s must match %s, but is '%s'".formatted(key, pattern, value));
        }
    }
}
