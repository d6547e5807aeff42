// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import io.cloudevents.core.v1.CloudEventBuilder;
import java.net.URI;
import java.time.ZoneOffset;

/** Answers of models as binary-mode CloudEvents: attributes in the record's headers, the rest as JSON in its value. */
public final class FrameAnswerSerde extends JsonEventSerde<FrameAnswer> {
    public FrameAnswerSerde() {
        super(FrameAnswer.TYPE, FrameAnswer.class, "the answer");
    }

    @Override
    CloudEventBuilder attributes(CloudEventBuilder envelope, FrameAnswer event) {
        return envelope.withId(event.id())
                .withSource(URI.create("/lines/" + event.lineId()))
                .withTime(event.answeredAt().atOffset(ZoneOffset.UTC))
                .withExtension("lineid", event.lineId())
                .withExtension("itemid", event.itemId());
    }
}
