// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.classifier.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was chosen at earlier starts, a small file a choice, so that the next start in the same circumstances measures nothing. A folder that
 * cannot be written, and a file that cannot be read, are as none: it is measured again.
 */
public final class ChoiceCache {
    private static final Logger LOG = LoggerFactory.getLogger(ChoiceCache.class);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path folder;

    /** @param folder need not be there */
    public ChoiceCache(Path folder) {
        this.folder = folder;
    }

    /** The user's: {@code sortline/inference} in {@code $XDG_CACHE_HOME}, or in {@code $HOME/.cache}. */
    public static ChoiceCache ofUser() {
        Path caches = place("XDG_CACHE_HOME").orElseGet(() -> place("HOME")
                .orElse(Path.of(System.getProperty("user.home")))
                .resolve(".cache"));
        return new ChoiceCache(caches.resolve("sortline/inference"));
    }

    private static Optional<Path> place(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /**
     * @param circumstances all that the choice depends on, as it is told to people who look into the file
     */
    private record Kept(Map<String, String> circumstances, InferenceTuning tuning) {}

    /** What was chosen in these circumstances. */
    Optional<InferenceTuning> find(Map<String, String> circumstances) {
        Path file = file(circumstances);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Kept kept = JSON.readValue(file.toFile(), Kept.class);
            return kept.circumstances().equals(circumstances) ? Optional.of(kept.tuning()) : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} cannot be read: it is measured again", file, e);
            return Optional.empty();
        }
    }

    /** Keeps a choice; where that fails, the next start measures again. */
    void keep(Map<String, String> circumstances, InferenceTuning tuning) {
        Path file = file(circumstances);
        try {
            Files.createDirectories(folder);
            Path written = Files.createTempFile(folder, "choice", ".new");
            try {
                Files.write(written, JSON.writeValueAsBytes(new Kept(circumstances, tuning)));
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (JacksonException e) {
            throw new IllegalStateException("a choice can always be written", e);
        } catch (IOException e) {
            LOG.info(
                    "inference: the choice is not kept for the next start, for {} cannot be written: {}",
                    file,
                    e.toString());
        }
    }

    private Path file(Map<String, String> circumstances) {
        return folder.resolve(Sha256.of(circumstances.toString().getBytes(StandardCharsets.UTF_8)) + ".json");
    }
}
