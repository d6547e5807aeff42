// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameDeserializer;
import dev.sortline.contract.MissingTopics;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.TopicReader;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The frames that come to the topic, each as often as it comes. */
final class FramesOfTopic implements AutoCloseable {
    private final Queue<Come> come = new ConcurrentLinkedQueue<>();
    private final TopicReader<Frame> reader;

    /** A frame, and when it was read. */
    record Come(Frame frame, Instant at) {}

    private FramesOfTopic(Broker broker) {
        reader = TopicReader.fromNowOn(
                broker.clientProperties(),
                Topic.FRAMES.topicName(),
                new FrameDeserializer(),
                (message, at) -> come.add(new Come(message.value(), at)));
    }

    /** Makes the topic where it is missing. */
    static FramesOfTopic fromNowOn(Broker broker) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(broker.clientProperties())) {
            MissingTopics.create(admin, Set.of(Topic.FRAMES));
        }
        return new FramesOfTopic(broker);
    }

    List<Frame> of(LineCamera camera) {
        return come.stream()
                .map(Come::frame)
                .filter(frame -> isOf(frame, camera))
                .toList();
    }

    List<Come> after(Instant moment) {
        return come.stream().filter(each -> each.at().isAfter(moment)).toList();
    }

    List<String> ids() {
        return come.stream().map(each -> each.frame().id()).toList();
    }

    private static boolean isOf(Frame frame, LineCamera camera) {
        return frame.lineId().equals(camera.lineId()) && frame.cameraId().equals(camera.cameraId());
    }

    @Override
    public void close() {
        reader.close();
    }
}
