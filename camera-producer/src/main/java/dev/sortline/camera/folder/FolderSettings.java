// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.camera.source.SourceSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A folder into which a smart camera drops its pictures, by FTP say. Each setting is described where it is declared. */
@JsonClassDescription("A folder into which a smart camera drops its pictures, by FTP say.")
public record FolderSettings(
        @JsonPropertyDescription("the folder; it may be gone for a while, and is waited for")
                @JsonProperty(required = true)
                Path path,
        @JsonPropertyDescription(
                        "a file whose size and time have not changed for so many milliseconds is complete, if its picture ends; "
                                + SETTLE_MILLIS + " when absent")
                @Min(LEAST_SETTLE_MILLIS) @Max(MOST_SETTLE_MILLIS) @Nullable Integer settleMillis,
        @JsonPropertyDescription(
                        "folder into which files are moved once the broker has their picture, with their sub-folders; may lie within path, where it is not watched; they are deleted when absent")
                @Nullable Path moveTo,
        @JsonPropertyDescription("whether pictures in sub-folders are published too; true when absent") @Nullable Boolean subfolders)
        implements SourceSettings {
    private static final int SETTLE_MILLIS = 300;
    private static final int LEAST_SETTLE_MILLIS = 20;
    private static final int MOST_SETTLE_MILLIS = 60_000;

    public FolderSettings {
        if (settleMillis != null && (settleMillis < LEAST_SETTLE_MILLIS || settleMillis > MOST_SETTLE_MILLIS)) {
            throw new IllegalArgumentException("settleMillis is %d: must be from %d to %d"
                    .formatted(settleMillis, LEAST_SETTLE_MILLIS, MOST_SETTLE_MILLIS));
        }
        if (moveTo != null && path.startsWith(moveTo)) {
            throw new IllegalArgumentException(
                    "moveTo is %s: must not be the watched folder %s, or one above it".formatted(moveTo, path));
        }
    }

    @Override
    public FolderSettings startingAt(Path folder) {
        return new FolderSettings(
                folder.resolve(path), settleMillis, moveTo == null ? null : folder.resolve(moveTo), subfolders);
    }

    @Override
    public String place() {
        return path.toString();
    }

    Duration settle() {
        return Duration.ofMillis(settleMillis == null ? SETTLE_MILLIS : settleMillis);
    }

    boolean withSubfolders() {
        return subfolders == null || subfolders;
    }
}
