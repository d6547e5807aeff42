// SPDX-License-Identifier: Apache-2.0
package dev.sortline.reviews;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.RoutingEvent;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where each picture of an exported folder comes from.
 *
 * @param pictures one entry a picture, by their files
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Manifest(List<Entry> pictures) {
    Manifest {
        pictures = List.copyOf(Objects.requireNonNull(pictures, "pictures is missing"));
    }

    /**
     * A picture.
     *
     * @param file where it lies in the folder, with {@code /} between
     * @param label what a person said that it shows
     * @param cause why a person was asked, {@code unsure} or {@code sample}
     * @param model name and version of the model that decided
     * @param modelSaid what that model said
     * @param decidedAt when the item was decided, RFC 3339
     * @param saidAt when the person said so, RFC 3339
     * @param sha256 of the picture, 64 hex digits
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(
            String file,
            String line,
            String item,
            String label,
            String cause,
            String model,
            String plan,
            ModelSaid modelSaid,
            String decidedAt,
            String saidBy,
            String saidAt,
            String sha256) {
        Entry {
            Objects.requireNonNull(file, "file is missing");
            Objects.requireNonNull(line, "line is missing");
            Objects.requireNonNull(item, "item is missing");
            Objects.requireNonNull(sha256, "sha256 is missing");
        }

        static Entry of(ReviewRequest request, ItemLabel said, String file, String sha256) {
            RoutingEvent event = request.event();
            return new Entry(
                    file,
                    event.lineId(),
                    event.itemId(),
                    FileNames.label(said),
                    request.cause().name().toLowerCase(Locale.ROOT),
                    event.model().name() + " " + event.model().version(),
                    event.plan(),
                    new ModelSaid(
                            event.decision().name(), event.label(), event.fraction(), event.confidence(), event.gap()),
                    event.decidedAt().toString(),
                    said.saidBy(),
                    said.saidAt().toString(),
                    sha256);
        }

        /** The same picture where something else, or somebody else, has spoken of it since. */
        Entry saidAnew(ItemLabel said, String elsewhere) {
            return new Entry(
                    elsewhere,
                    line,
                    item,
                    FileNames.label(said),
                    cause,
                    model,
                    plan,
                    modelSaid,
                    decidedAt,
                    said.saidBy(),
                    said.saidAt().toString(),
                    sha256);
        }

        String key() {
            return ItemLabel.key(line, item);
        }
    }

    /**
     * What a model said; what it did not say is absent.
     *
     * @param confidence of the fraction, 0..1
     * @param gap to the next fraction, 0..1
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    record ModelSaid(
            String decision,
            @Nullable String label,
            @Nullable String fraction,
            @Nullable Double confidence,
            @Nullable Double gap) {}
}
