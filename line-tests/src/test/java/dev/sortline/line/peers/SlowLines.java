// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import static org.awaitility.Awaitility.await;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.linefile.GlassOnly;
import dev.sortline.loopback.Broker;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Ejector;
import dev.sortline.sorting.Line;
import dev.sortline.stream.LineStream;
import dev.sortline.stream.StreamSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@link ClassifyProcess} runs, in this JVM and with any classifier. */
public final class SlowLines {
    private static final Duration SOON = Duration.ofSeconds(60);

    private SlowLines() {}

    /** A stream that has its lines when this returns, whose belt is so slow that no answer comes too late. */
    public static LineStream start(
            Broker broker, ImageClassifier classifier, MeterRegistry meters, List<String> lines) {
        var belt = new BeltGeometry(0.01, 20, "residue", null, null, Map.of("glass", new Ejector(1, 1.0, 0)));
        var plan = GlassOnly.edition("glass", "glass", 0.5);
        Map<String, Line> all = new LinkedHashMap<>();
        lines.forEach(line -> all.put(line, new Line(line, belt, plan)));
        Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        var stream = new LineStream(new StreamSettings(kafka, all), classifier, meters);
        stream.start();
        await().atMost(SOON).until(stream::ready);
        return stream;
    }
}
