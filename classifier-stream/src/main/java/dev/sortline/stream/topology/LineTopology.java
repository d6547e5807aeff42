// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.sorting.Line;
import dev.sortline.stream.item.ItemDecision;
import dev.sortline.stream.model.LineModels;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/**
 * The way of a frame.
 *
 * <pre>
 * frames ─▶ intake ─▶ classify ─▶ decide ─▶ actuations
 *              │          │          ▲
 *              │          └─▶ dead letters
 *              ├─ no frame ──▶ dead letters
 *              └─ too late ──────────┘
 * </pre>
 *
 * <p>On lines with several frames an item, {@code vote} stands in the place of {@code decide}. Both are always there, so that instances with
 * and without such lines have the same topology and can hand lines over. What is told {@linkplain Beside
 * beside} the events has no step here.
 */
public final class LineTopology {
    static final String FRAMES = "frames";
    static final String INTAKE = "intake";
    static final String CLASSIFY = "classify";
    static final String DECIDE = "decide";
    static final String VOTE = "vote";
    static final String ACTUATIONS = "actuations";
    static final String DEAD_LETTERS = "dead-letters";

    private LineTopology() {}

    /** The step that decides the items of a line. */
    static String deciderOf(Line line) {
        return line.votes() ? VOTE : DECIDE;
    }

    /**
     * The way of the frames of these lines.
     *
     * @param ahead looks at frames before they come here, or has it done here where they come another way than through its clients
     */
    public static Topology build(
            Map<String, Line> lines,
            LineModels models,
            LineMetrics metrics,
            Beside beside,
            FramesAhead ahead,
            InstantSource clock) {
        var key = new StringSerializer();
        var frames = Topic.FRAMES.topicName();
        return new Topology()
                .addSource(FRAMES, new StringDeserializer(), new ByteArrayDeserializer(), frames)
                .addProcessor(INTAKE, () -> new FrameIntake(ahead, metrics), FRAMES)
                .addProcessor(CLASSIFY, () -> new FrameClassification(beside, metrics, clock), INTAKE)
                .addProcessor(
                        DECIDE,
                        () -> new ItemRouting(
                                new ItemDecision(models::model, clock, System::nanoTime), beside, metrics),
                        INTAKE,
                        CLASSIFY)
                .addStateStore(ItemRouting.store(), DECIDE)
                .addProcessor(
                        VOTE,
                        () -> new ItemVoting(
                                lines,
                                new ItemDecision(models::model, clock, System::nanoTime),
                                beside,
                                metrics,
                                ahead.serviceTime(),
                                clock),
                        INTAKE,
                        CLASSIFY)
                .addStateStore(VoteBook.store(), VOTE)
                .addSink(
                        ACTUATIONS,
                        Topic.ACTUATIONS.topicName(),
                        key,
                        new RoutingEventSerde().serializer(),
                        DECIDE,
                        VOTE)
                .addSink(
                        DEAD_LETTERS, Topic.DEAD_LETTERS.topicName(), key, new ByteArraySerializer(), INTAKE, CLASSIFY);
    }
}
