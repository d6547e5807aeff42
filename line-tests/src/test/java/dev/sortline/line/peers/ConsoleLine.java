// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import static org.awaitility.Awaitility.await;

import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.replay.ReplayCamera;
import dev.sortline.camera.replay.ReplayImage;
import dev.sortline.camera.replay.ReplaySettings;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.console.ConsoleSettings;
import dev.sortline.console.OperatorConsole;
import dev.sortline.demo.plant.SimulatedPlant;
import dev.sortline.gateway.ActuatorGateway;
import dev.sortline.gateway.GatewaySettings;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.linefile.LineFile;
import dev.sortline.linefile.LinePlans;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.LoopbackPort;
import dev.sortline.process.TopicSetup;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.Line;
import dev.sortline.stream.LineStream;
import dev.sortline.stream.StreamSettings;
import dev.sortline.stream.camera.CameraWatchSettings;
import dev.sortline.stream.gate.GateSettings;
import dev.sortline.stream.review.ReviewSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The line of {@code samples/line.yaml} in this process, with its cameras, belts and operator's page: broker, model and gateway are the real ones. */
public final class ConsoleLine implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String CAMERA = "camera-1";

    private final EmbeddedBroker broker;
    private final ImageClassifier classifier;
    private final SimulatedPlant plant;
    private final ActuatorGateway gateway;
    private final LineStream stream;
    private final FramePublisher publisher;
    private final ReplayCamera camera;
    private final Thread filming;
    private final OperatorConsole console;

    private ConsoleLine(ConsoleSettings.Access access, double framesPerSecond)
            throws IOException, InterruptedException {
        MeterRegistry meters = new SimpleMeterRegistry();
        LineFile file = LineFile.load(Samples.lineFile(), Map.of());
        LinePlans plans = LinePlans.read(file);
        Map<String, Line> lines = plans.lines();
        broker = EmbeddedBroker.start();
        Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        TopicSetup.createMissing(kafka);
        classifier = Samples.classifier();
        plant = SimulatedPlant.start(belts(file, lines), CAMERA, LoopbackPort.free(), InstantSource.system());
        gateway = new ActuatorGateway(
                new GatewaySettings(
                        kafka,
                        lines.keySet(),
                        new FiringSettings(false, 2_000, 500, 20, 30),
                        Map.of("plc", plant.driver())),
                meters);
        stream = new LineStream(streamSettings(kafka, lines, file.console().trialLine()), classifier, meters);
        publisher = new FramePublisher(kafka, meters);
        camera = new ReplayCamera(
                new LineCamera("line-1", CAMERA),
                ReplayImage.inFolder(Samples.frames()),
                new ReplaySettings(framesPerSecond, true),
                publisher,
                InstantSource.system(),
                plant::enter);
        filming = new Thread(camera, "camera");
        ConsoleSettings page = plans.console(file);
        console = OperatorConsole.start(
                new ConsoleSettings(
                        kafka,
                        lines,
                        page.trialLine(),
                        page.plans(),
                        page.model(),
                        Optional.empty(),
                        page.shifts(),
                        access),
                meters);
        gateway.start();
        stream.start();
    }

    /** Starts it all and waits until frames are taken and ejectors fire. */
    public static ConsoleLine start(ConsoleSettings.Access access, double framesPerSecond)
            throws IOException, InterruptedException {
        var line = new ConsoleLine(access, framesPerSecond);
        await().atMost(SOON)
                .until(() -> line.stream.ready() && line.gateway.obstacles().isEmpty());
        line.filming.start();
        return line;
    }

    private static StreamSettings streamSettings(
            Map<String, Object> kafka, Map<String, Line> lines, Optional<String> trialLine) {
        // Every sure item is asked about, so that there is something to review.
        return new StreamSettings(
                kafka, lines, CameraWatchSettings.DEFAULT, GateSettings.DEFAULT, new ReviewSettings(1.0), trialLine);
    }

    private static Map<String, BeltGeometry> belts(LineFile file, Map<String, Line> lines) {
        Map<String, BeltGeometry> belts = new LinkedHashMap<>();
        file.sortingLines().forEach(id -> belts.put(id, lines.get(id).belt()));
        return belts;
    }

    /** Where the page is. */
    public URI address() {
        return console.address();
    }

    /** The cluster, as clients find it. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        camera.stop();
        filming.join();
        publisher.close();
        console.close();
        stream.close();
        gateway.close();
        plant.close();
        classifier.close();
        broker.close();
    }
}
