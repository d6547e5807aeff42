// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.gateway.ActuatorGateway;
import dev.sortline.gateway.GatewaySettings;
import dev.sortline.linefile.LineFile;
import dev.sortline.process.CertificateExpiry;
import dev.sortline.process.CommandFailure;
import dev.sortline.process.Health;
import dev.sortline.process.ManagementServer;
import dev.sortline.process.ProcessMetrics;
import dev.sortline.process.ProcessTracing;
import dev.sortline.process.StopSignal;
import dev.sortline.process.TopicSetup;
import dev.sortline.process.TopicUse;
import dev.sortline.tracing.FrameTracing;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sortline gateway}: routing events in, ejectors fired in time, until it is told to stop. */
@Command(
        name = "gateway",
        description = "Fire the ejectors of the lines in time, through the drivers of the line file.",
        mixinStandardHelpOptions = true)
final class GatewayCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayCommand.class);

    private final StopSignal signal;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "line.yaml",
            description = "Describes cluster, lines and drivers.")
    private Path config;

    @Option(names = "--no-create-topics", description = "Leave the topics to an administrator: create none.")
    private boolean noCreateTopics;

    GatewayCommand(StopSignal signal) {
        this.signal = signal;
    }

    @Override
    public Integer call() throws InterruptedException {
        LineFile file = LineFile.load(config);
        if (file.drivers().isEmpty() && !file.gateway().dryRun()) {
            throw CommandFailure.ofConfiguration(
                    "%s: drivers is missing: describe at least one, or set gateway.dryRun".formatted(config));
        }
        var settings = new GatewaySettings(file.kafka(), file.lines().keySet(), file.gateway(), file.drivers());
        TopicSetup.prepare(
                file.kafka(), TopicUse.ofGateway(settings.group(), file.lines().size()), !noCreateTopics);
        try (var metrics = new ProcessMetrics(file.kafka());
                var tracing = ProcessTracing.of("gateway");
                var gateway = gateway(settings, metrics, tracing)) {
            file.drivers().forEach((name, driver) -> driver.certificateFiles()
                    .forEach(each -> CertificateExpiry.watch(metrics.registry(), "driver " + name, each)));
            run(file, gateway, metrics);
        }
        return 0;
    }

    private static Health healthOf(ActuatorGateway gateway) {
        return new Health() {
            @Override
            public List<String> deadlocks() {
                return gateway.deadlocks();
            }

            @Override
            public List<String> obstacles() {
                return gateway.obstacles();
            }

            @Override
            public List<String> warnings() {
                return gateway.warnings();
            }
        };
    }

    private static ActuatorGateway gateway(GatewaySettings settings, ProcessMetrics metrics, FrameTracing tracing) {
        try {
            return new ActuatorGateway(settings, metrics.registry(), tracing);
        } catch (KafkaException e) {
            throw CommandFailure.ofConfiguration(
                    "Kafka refuses its client's properties: " + CommandFailure.rootReason(e));
        }
    }

    private void run(LineFile file, ActuatorGateway gateway, ProcessMetrics metrics) throws InterruptedException {
        try (var management = file.http()
                .map(http -> ManagementServer.start(
                        http.addressOrDefault(), http.port(), metrics.registry(), healthOf(gateway)))
                .orElse(null)) {
            gateway.start();
            LOG.info(
                    "Firing for lines {} through {}{}{}",
                    file.lines().keySet(),
                    file.drivers().keySet(),
                    file.gateway().dryRun() ? ", dry run" : "",
                    management == null ? "" : ", health and metrics on port " + management.port());
            var unused = gateway.end().whenComplete((done, failure) -> signal.request());
            signal.await();
            if (gateway.end().isCompletedExceptionally()) {
                gateway.end().join();
            }
            LOG.info("Stopping");
        } catch (CompletionException e) {
            throw CommandFailure.whileRunning("the gateway has stopped: " + e.getCause(), e);
        }
    }
}
