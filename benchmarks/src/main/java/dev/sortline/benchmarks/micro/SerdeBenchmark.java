// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.micro;

import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameDeserializer;
import dev.sortline.contract.FrameSerializer;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a frame's envelope and a routing event cost to write and to read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SerdeBenchmark {
    private static final String FRAMES = Topic.FRAMES.topicName();
    private static final String ACTUATIONS = Topic.ACTUATIONS.topicName();

    private final Serializer<Frame> frameWriter = new FrameSerializer();
    private final Deserializer<Frame> frameReader = new FrameDeserializer();
    private final Serializer<RoutingEvent> eventWriter = new RoutingEventSerde().serializer();
    private final Deserializer<RoutingEvent> eventReader = new RoutingEventSerde().deserializer();

    private final Frame frame = DecidedFrame.FRAME;
    private final RoutingEvent event = DecidedFrame.EVENT;
    private final Headers frameHeaders = new RecordHeaders();
    private final byte[] frameBytes = frameWriter.serialize(FRAMES, frameHeaders, frame);
    private final Headers eventHeaders = new RecordHeaders();
    private final byte[] eventBytes = eventWriter.serialize(ACTUATIONS, eventHeaders, event);

    @Benchmark
    public byte[] writeFrame() {
        return frameWriter.serialize(FRAMES, new RecordHeaders(), frame);
    }

    @Benchmark
    public Frame readFrame() {
        return frameReader.deserialize(FRAMES, frameHeaders, frameBytes);
    }

    @Benchmark
    public byte[] writeEvent() {
        return eventWriter.serialize(ACTUATIONS, new RecordHeaders(), event);
    }

    @Benchmark
    public RoutingEvent readEvent() {
        return eventReader.deserialize(ACTUATIONS, eventHeaders, eventBytes);
    }
}
