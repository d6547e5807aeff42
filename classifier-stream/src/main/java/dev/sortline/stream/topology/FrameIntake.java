// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.stream.item.FrameFate;
import dev.sortline.stream.item.FrameReading.TooLate;
import dev.sortline.stream.item.FrameReading.Unreadable;
import dev.sortline.stream.item.RefusalReason;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Sends each record where it goes by what was {@linkplain FrameAdmission made of it} when it was taken up, which is before it comes here
 * ({@link FramesAhead}), or here.
 */
final class FrameIntake extends RefusingProcessor<byte[]> {
    /** How often a thread says that it comes round. */
    private static final Duration TURN = Duration.ofMillis(200);

    private final FramesAhead ahead;
    private final LineMetrics metrics;
    private @Nullable FrameAdmission admission;

    FrameIntake(FramesAhead ahead, LineMetrics metrics) {
        super(metrics);
        this.ahead = ahead;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        admission = null;
        context.schedule(TURN, PunctuationType.WALL_CLOCK_TIME, now -> metrics.streamTurns());
    }

    @Override
    public void close() {
        metrics.streamRests();
    }

    @Override
    public void process(Record<String, byte[]> message) {
        var origin = context().recordMetadata().orElseThrow();
        @Nullable AdmittedFrame came =
                ahead.of(origin.topic(), origin.partition(), origin.offset()).orElse(null);
        Admission admitted = came != null
                ? came.admission()
                : admission().admit(message.key(), message.value(), message.headers(), origin.offset());
        if (admitted instanceof Admission.Taken frame) {
            context().forward(message.withValue(lookAt(frame, came)), LineTopology.CLASSIFY);
        } else if (admitted instanceof Admission.TooOld old) {
            context()
                    .forward(
                            message.withValue(new TooLate(old.taken())),
                            LineTopology.deciderOf(old.taken().line()));
        } else if (admitted instanceof Admission.Frozen frozen) {
            refuse(message, message.value(), RefusalReason.FROZEN.code(), frozen.problem());
            context()
                    .forward(
                            message.withValue(new Unreadable(frozen.taken(), frozen.problem())),
                            LineTopology.deciderOf(frozen.taken().line()));
        } else if (admitted instanceof Admission.Unbelievable unbelievable) {
            refuse(message, message.value(), RefusalReason.CAPTURE_TIME.code(), unbelievable.problem());
            metrics.count(unbelievable.line(), FrameFate.UNREADABLE);
        } else if (admitted instanceof Admission.Repeated repeated) {
            metrics.count(repeated.line(), FrameFate.REPEATED);
        } else if (admitted instanceof Admission.NoFrame noFrame) {
            // No later step counts its fate, for its item is not known.
            metrics.count(LineMetrics.UNKNOWN_LINE, FrameFate.UNREADABLE);
            refuse(message, message.value(), noFrame.reason().code(), noFrame.detail());
        } else if (admitted instanceof Admission.Failed failed) {
            throw failed.failure();
        }
    }

    private FrameLook lookAt(Admission.Taken frame, @Nullable AdmittedFrame came) {
        if (came != null && came.look() != null) {
            return came.look();
        }
        FrameLook look = ahead.look(frame.taken());
        look.run();
        return look;
    }

    private FrameAdmission admission() {
        if (admission == null) {
            admission = ahead.admission();
        }
        return admission;
    }
}
