// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
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
        @JsonPropertyDescription("what becomes of a file once the broker has its picture: delete, or move to moveTo")
                @JsonProperty(required = true)
                After after,
        @JsonPropertyDescription(
                        "folder into which files are moved, with their sub-folders; may lie within path, where it is not watched; only with after: move")
                @Nullable Path moveTo,
        @JsonPropertyDescription("whether pictures in sub-folders are published too; true when absent") @Nullable Boolean subfolders) {
    private static final int SETTLE_MILLIS = 300;
    private static final int LEAST_SETTLE_MILLIS = 20;
    private static final int MOST_SETTLE_MILLIS = 60_000;

    /** What becomes of a file whose picture the broker has. */
    public enum After {
        /** It is deleted. */
        @JsonProperty("delete")
        DELETE,
        /** It is moved. */
        @JsonProperty("move")
        MOVE
    }

    public FolderSettings {
        if (settleMillis != null && (settleMillis < LEAST_SETTLE_MILLIS || settleMillis > MOST_SETTLE_MILLIS)) {
            throw new IllegalArgumentException("settleMillis is %d: must be from %d to %d"
                    .formatted(settleMillis, LEAST_SETTLE_MILLIS, MOST_SETTLE_MILLIS));
        }
        if (after == After.MOVE && moveTo == null) {
            throw new IllegalArgumentException("moveTo is absent: after: move needs the folder to move files to");
        }
        if (after == After.DELETE && moveTo != null) {
            throw new IllegalArgumentException("moveTo is %s: goes with after: move only".formatted(moveTo));
        }
        if (moveTo != null && path.startsWith(moveTo)) {
            throw new IllegalArgumentException(
                    "moveTo is %s: must not be the watched folder %s, or one above it".formatted(moveTo, path));
        }
    }

    /** The same, with paths that start at a folder. */
    public FolderSettings startingAt(Path folder) {
        return new FolderSettings(
                folder.resolve(path), settleMillis, after, moveTo == null ? null : folder.resolve(moveTo), subfolders);
    }

    Duration settle() {
        return Duration.ofMillis(settleMillis == null ? SETTLE_MILLIS : settleMillis);
    }

    boolean withSubfolders() {
        return subfolders == null || subfolders;
    }
}
