// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.reading;

import dev.sortline.contract.BadEnvelopeException;
import dev.sortline.contract.Topic;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.gateway.firing.RecordFlaw;
import dev.sortline.trouble.TroubleLog;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.LoggerFactory;

/**
 * Takes the events of a topic up, one by one. Whatever is wrong with one, it is counted and told in a line, and the next is
 * taken up: nothing that can be written to the topic ends the reading. Belongs to one thread.
 *
 * @param <E> what a record is when nothing is wrong with it
 */
final class EventIntake<E> {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(EventIntake.class));

    private final Topic topic;
    private final Deserializer<E> reader;
    private final Function<E, String> line;
    private final GatewayMetrics metrics;

    /** @param line the line that an event is of, which must be its record's key */
    EventIntake(Topic topic, Deserializer<E> reader, Function<E, String> line, GatewayMetrics metrics) {
        this.topic = topic;
        this.reader = reader;
        this.line = line;
        this.metrics = metrics;
        metrics.intake(topic);
    }

    /** Takes a record up: {@code accept} gets its event. {@code false} when nothing could be made of it. */
    boolean take(ConsumerRecord<String, byte[]> message, Consumer<E> accept) {
        try {
            E event = reader.deserialize(message.topic(), message.headers(), message.value());
            if (!line.apply(event).equals(message.key())) {
                return refuse(
                        message,
                        RecordFlaw.KEY,
                        "its line is '" + line.apply(event) + "' and its key '" + message.key()
                                + "': they must be the same");
            }
            accept.accept(event);
            return true;
        } catch (BadEnvelopeException e) {
            return refuse(
                    message, e.attribute().equals("data") ? RecordFlaw.DATA : RecordFlaw.ENVELOPE, e.getMessage());
        } catch (RuntimeException e) {
            return refuse(message, RecordFlaw.FAILED, e.toString());
        }
    }

    private boolean refuse(ConsumerRecord<String, byte[]> message, RecordFlaw flaw, String problem) {
        metrics.unreadable(topic, flaw);
        TROUBLE.warn(
                topic.topicName() + flaw.word(),
                "Record " + message.partition() + "@" + message.offset() + " of " + topic.topicName()
                        + " is passed over: " + problem);
        return false;
    }
}
