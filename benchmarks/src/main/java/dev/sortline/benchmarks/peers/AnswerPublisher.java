// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.benchmarks.line.AnswerReader;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.network.TemperedSoftmax;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes what a peer's network says: an event a frame as JSON, none of an empty belt, as the line. Safe for use by any number of threads. */
final class AnswerPublisher implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    /** For throughput; what an event waits is nobody's question here. */
    private static final int LINGER_MILLIS = 5;

    private final KafkaProducer<String, byte[]> producer;
    private final Stopwatch stopwatch;
    private final List<String> labels;
    private final TemperedSoftmax softmax;
    private final AtomicLong events = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** What is published of a frame. */
    private record Answer(String frame, String label, float confidence) {}

    /** @param stopwatch hears of each frame whose event is with the broker */
    AnswerPublisher(String broker, ModelPackage model, Stopwatch stopwatch) {
        this.stopwatch = stopwatch;
        labels = model.labels();
        softmax =
                new TemperedSoftmax(model.manifest().output(), model.manifest().calibration());
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        LINGER_MILLIS),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void publish(List<PeerFrame> frames, float[][] rows) throws JsonProcessingException {
        for (int i = 0; i < frames.size(); i++) {
            float[] probabilities = softmax.probabilities(rows[i], null);
            int best = 0;
            for (int label = 1; label < probabilities.length; label++) {
                best = probabilities[label] > probabilities[best] ? label : best;
            }
            if (labels.get(best).equals(ModelPackage.EMPTY_LABEL)) {
                stopwatch.done(1);
            } else {
                send(frames.get(i).line(), new Answer(frames.get(i).id(), labels.get(best), probabilities[best]));
            }
        }
    }

    private void send(String line, Answer answer) throws JsonProcessingException {
        var unused = producer.send(
                new ProducerRecord<>(AnswerReader.TOPIC, line, JSON.writeValueAsBytes(answer)), (there, problem) -> {
                    if (problem == null) {
                        events.incrementAndGet();
                        stopwatch.done(1);
                    } else {
                        failure.compareAndSet(null, problem);
                    }
                });
    }

    /** Waits until all events are with the broker, and gives their number. */
    long finish() throws Exception {
        producer.flush();
        Exception problem = failure.get();
        if (problem != null) {
            throw problem;
        }
        return events.get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
