// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameSerializer;
import dev.sortline.contract.Topic;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.StringSerializer;

/** Frames and the Kafka that takes them, to test with. */
public final class Frames {
    public static final LineCamera CAMERA = new LineCamera("line-1", "camera-1");

    private Frames() {}

    public static Frame frame(long sequence) {
        return frame(sequence, 1);
    }

    public static Frame frame(long sequence, int bytes) {
        return new Frame(
                CAMERA.lineId(),
                CAMERA.cameraId(),
                sequence,
                null,
                HandClock.START,
                null,
                "image/jpeg",
                "glass",
                new byte[bytes]);
    }

    /** A Kafka that acknowledges at once. */
    public static MockProducer<String, Frame> promptKafka() {
        return kafka(true);
    }

    /** A Kafka that acknowledges or refuses when told. */
    public static MockProducer<String, Frame> slowKafka() {
        return kafka(false);
    }

    /** Only for a topic with partitions does it serialise, as the real one does. */
    private static MockProducer<String, Frame> kafka(boolean prompt) {
        var broker = new Node(1, "localhost", 9092);
        var nodes = new Node[] {broker};
        var partition = new PartitionInfo(Topic.FRAMES.topicName(), 0, broker, nodes, nodes);
        var cluster = new Cluster("test", Set.of(broker), Set.of(partition), Set.of(), Set.of());
        return new MockProducer<>(
                cluster, prompt, new RoundRobinPartitioner(), new StringSerializer(), new FrameSerializer());
    }
}
