// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.stream.item.CameraRun;
import dev.sortline.stream.item.FrameFate;
import dev.sortline.stream.item.ItemVote;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the store of votes keeps: it survives a crash and holds no image. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kept")
@JsonSubTypes({
    @JsonSubTypes.Type(value = KeptItem.Open.class, name = "open"),
    @JsonSubTypes.Type(value = KeptItem.Decided.class, name = "decided"),
    @JsonSubTypes.Type(value = KeptItem.Run.class, name = "run"),
    @JsonSubTypes.Type(value = KeptItem.UsedAgain.class, name = "used-again")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface KeptItem {
    /** An item whose frames still vote. */
    record Open(String lineId, ItemVote vote) implements KeptItem {
        public Open {
            Objects.requireNonNull(lineId, "lineId is missing");
            Objects.requireNonNull(vote, "vote is missing");
        }
    }

    /**
     * An item that is decided.
     *
     * @param at when
     * @param fate that of its frames
     * @param unconfirmed its event, as long as it is not certain that it got out; an empty belt has none. Changelogs call it {@code untold}
     */
    record Decided(Instant at, FrameFate fate, @JsonProperty("untold") @Nullable RoutingEvent unconfirmed)
            implements KeptItem {
        public Decided {
            Objects.requireNonNull(at, "at is missing");
            Objects.requireNonNull(fate, "fate is missing");
        }

        /** The same with its event certainly out. */
        Decided confirmed() {
            return new Decided(at, fate, null);
        }

        /** The fate of a frame that votes too late: none of the item's frames was readable, but this one is. */
        FrameFate ofLateVote() {
            return fate == FrameFate.UNREADABLE ? FrameFate.LATE : fate;
        }
    }

    /**
     * An item id that its trigger used again.
     *
     * @param name what the item is called that has it now
     * @param at when the first frame of that was captured
     */
    record UsedAgain(String name, Instant at) implements KeptItem {}

    /** What a free-running camera saw last. */
    record Run(CameraRun run) implements KeptItem {
        public Run {
            Objects.requireNonNull(run, "run is missing");
        }
    }
}
