// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import dev.sortline.camera.ffmpeg.LumaReader;
import dev.sortline.camera.picture.Luma;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.sight.Sight;
import dev.sortline.camera.sight.SightTrouble;
import dev.sortline.camera.sight.SightWatch;
import dev.sortline.camera.source.PictureSink;
import dev.sortline.camera.source.StreamFormat;
import dev.sortline.camera.trigger.Admission;
import dev.sortline.camera.trigger.FrameTrigger;
import dev.sortline.trouble.TroubleLog;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What becomes of each picture that a camera gives: looked at now and then, chosen or not, and put up for sending. Belongs to the camera's thread. */
final class PicturePath implements PictureSink {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(PicturePath.class));
    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

    private final LineCamera camera;
    private final FrameTrigger trigger;
    private final SightWatch sight;
    private final @Nullable LumaReader small;
    private final FramePublisher counts;
    private final CameraState state;
    private final Consumer<ChosenPicture> chosen;
    private final LongSupplier nanos;
    private long nextLook;

    /**
     * @param small makes the small pictures that trigger and sight look at; null for a camera without sight
     * @param counts where what is not sent is counted
     * @param chosen takes what becomes a frame
     * @param nanos time that only moves forward
     */
    PicturePath(
            LineCamera camera,
            FrameTrigger trigger,
            SightWatch sight,
            @Nullable LumaReader small,
            FramePublisher counts,
            CameraState state,
            Consumer<ChosenPicture> chosen,
            LongSupplier nanos) {
        this.camera = camera;
        this.trigger = trigger;
        this.sight = sight;
        this.small = small;
        this.counts = counts;
        this.state = state;
        this.chosen = chosen;
        this.nanos = nanos;
        nextLook = nanos.getAsLong();
    }

    @Override
    public void opened(StreamFormat format) {
        // The state hears of it.
    }

    @Override
    public void take(Picture picture) {
        if (picture.bytes().length > Picture.MAX_BYTES) {
            unusable(Unusable.TOO_LARGE);
            return;
        }
        state.took(picture.captured());
        Admission admission;
        try {
            admission = admission(picture);
        } catch (RuntimeException | Error e) {
            counts.skipped(camera);
            TROUBLE.error(camera + " looking", "A picture of " + camera + " cannot be looked at: " + e);
            return;
        }
        if (admission instanceof Admission.Taken taken) {
            chosen.accept(new ChosenPicture(picture, taken));
        } else {
            counts.notAsked(camera);
        }
    }

    private Admission admission(Picture picture) {
        var luma = new Once(picture);
        long now = nanos.getAsLong();
        if (small != null && now - nextLook >= 0) {
            nextLook = now + BETWEEN_LOOKS;
            luma.get().map(Sight::of).ifPresent(this::look);
        }
        return trigger.admit(picture, luma);
    }

    private void look(Sight seen) {
        Optional<SightTrouble> before = sight.trouble();
        Optional<SightTrouble> now = sight.look(seen);
        state.sees(now.orElse(null));
        if (!now.equals(before)) {
            now.ifPresent(trouble -> TROUBLE.warn(camera.toString(), trouble.told(camera.toString())));
        }
    }

    @Override
    public void unusable(Unusable why) {
        counts.skipped(camera);
        TROUBLE.warn(camera + " " + why, "A picture of " + camera + " cannot be sent: " + told(why));
    }

    private static String told(Unusable why) {
        return switch (why) {
            case CUT -> "a part of it is missing; look at the network";
            case TOO_LARGE ->
                "it has more than %d MiB; let the camera make smaller pictures, or of less quality"
                        .formatted(Picture.MAX_BYTES >> 20);
            case NO_PICTURE -> "it is neither JPEG nor PNG that can be read";
        };
    }

    /** The small picture, made when it is first asked for. */
    private final class Once implements Supplier<Optional<Luma>> {
        private final Picture picture;
        private Optional<Luma> made = Optional.empty();
        private boolean asked;

        Once(Picture picture) {
            this.picture = picture;
        }

        @Override
        public Optional<Luma> get() {
            if (!asked && small != null) {
                asked = true;
                made = small.read(picture.bytes());
                if (state.decodes(made.isPresent())) {
                    TROUBLE.warn(camera + " blind", state.blind());
                }
            }
            return made;
        }
    }
}
