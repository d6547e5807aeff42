// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameSerializer;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.Broker;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A camera under the test's hand: publishes one frame at a time and waits until the broker has it. */
public final class TestCamera implements AutoCloseable {
    // More than there are between camera and ejectors, so an ejector's position tells the frame.
    private static final long COUNTS_APART = 1_000_000;

    private final FrameSerializer frames = new FrameSerializer();
    private final KafkaProducer<String, byte[]> producer;

    public TestCamera(Broker broker) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    public void publish(String line, long sequence, byte[] image) throws Exception {
        publish(line, sequence, Instant.now(), image);
    }

    public void publish(String line, long sequence, Instant capturedAt, byte[] image) throws Exception {
        publish(new Frame(line, "camera-1", sequence, null, capturedAt, null, "image/jpeg", null, image));
    }

    /** A frame of an item, taken now, whose belt position is its own. */
    public void publish(String line, long sequence, String item, byte[] image) throws Exception {
        long position = sequence * COUNTS_APART;
        publish(new Frame(line, "camera-1", sequence, item, Instant.now(), position, "image/jpeg", null, image));
    }

    private void publish(Frame frame) throws Exception {
        var message = new ProducerRecord<>(Topic.FRAMES.topicName(), frame.lineId(), frame.image());
        frames.serialize(Topic.FRAMES.topicName(), message.headers(), frame);
        producer.send(message).get();
    }

    /** A record that is no frame. */
    public void publishPoison(String line, byte[] bytes) throws Exception {
        producer.send(new ProducerRecord<>(Topic.FRAMES.topicName(), line, bytes))
                .get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
