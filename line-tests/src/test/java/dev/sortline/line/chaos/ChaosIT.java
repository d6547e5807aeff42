// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.chaos;

import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.Topic;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.CommandProcess;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.ItemFilm;
import dev.sortline.line.peers.Progress;
import dev.sortline.line.peers.RoleProcess;
import dev.sortline.line.peers.ShotItems;
import dev.sortline.line.peers.SmallDisk;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.loopback.BrokerProcess;
import dev.sortline.process.TopicSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole line, two classifiers, two gateways, a producer, a broker and a controller, while each of them is killed, stopped, frozen, robbed of its
 * disk or has its clock set, at random and several at once. For {@code -Dsortline.chaos.seconds}, by {@code -Dsortline.chaos.seed}; what it found
 * is in target/failsafe-reports. A full disk needs root and loop devices, a clock that steps needs libfaketime; where they are missing these
 * troubles do not come, and the report says so.
 */
@Tag("exhaustive")
@EnabledIfSystemProperty(
        named = "sortline.chaos.seconds",
        matches = "\\d+",
        disabledReason = "chaos is only for who asks for it: -Dsortline.chaos.seconds=600")
class ChaosIT {
    private static final long SECONDS = Long.getLong("sortline.chaos.seconds", 60);
    private static final long SEED = Long.getLong("sortline.chaos.seed", System.nanoTime());
    private static final int ITEMS_PER_SECOND = 22;
    private static final double BELT_METRES = 2;
    private static final long DISK_BYTES = 2L << 30;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(4);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<String> lines = TestLineFile.linesOnEveryPartition();
    private final String lineOfFolder = lines.get(lines.size() - 1);
    private final List<Ordeal> ordeals = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private Optional<SmallDisk> disk = Optional.empty();
    private BrokerProcess broker;
    private Controller controller;
    private Books books;
    private Progress progress;
    private ItemFilm film;
    private DroppedPictures pictures;

    /** What the processes said stays there where something is wrong. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        disk = SmallDisk.mount(folder, DISK_BYTES);
        broker = BrokerProcess.start(folder, disk.map(SmallDisk::folder).orElse(folder));
        TopicSetup.createMissing(broker.clientProperties());
        controller = new Controller();
        books = new Books(broker);
        progress = new Progress(broker);
        film = new ItemFilm(broker, lines.subList(0, lines.size() - 1), Integer.MAX_VALUE, ITEMS_PER_SECOND);
        Path dropped = folder.resolve("dropped");
        pictures = new DroppedPictures(dropped);
        String lineFile = TestLineFile.of(broker.bootstrapServers(), lines, BELT_METRES, controller.port())
                + "cameras: { %s: { camera-1: { source: { type: folder, path: \"%s\" } } } }%n"
                        .formatted(lineOfFolder, dropped);
        for (int i = 1; i <= 2; i++) {
            serveWithClock(
                    "classifier-" + i, 40_000, environment -> ClassifyProcess.start(lineFile, folder, environment));
            serveWithClock("gateway-" + i, 50_000, environment -> GatewayProcess.start(lineFile, folder, environment));
        }
        serve(
                "producer",
                40_000,
                () -> RoleProcess.start("produce", lineFile, folder),
                producer -> producer.log().contains("Filming with"),
                List.of());
        ordeals.add(new Ordeal("broker", random.nextLong(), 90_000, () -> {}, troublesOfBroker()));
        ordeals.add(new Ordeal(
                "controller",
                random.nextLong(),
                60_000,
                () -> {},
                List.of(new Trouble("away", 500, 10_000, controller::goAway, controller::comeBack))));
        await().atMost(SOON).until(() -> services.stream().allMatch(Service::ready));
    }

    @AfterEach
    void stop() throws Exception {
        pictures.close();
        film.close();
        services.forEach(Service::close);
        progress.close();
        books.close();
        controller.close();
        broker.close();
        if (disk.isPresent()) {
            disk.get().close();
        }
    }

    @Test
    void booksAreEqualAndNoShotIsWrongWhateverComesOverTheLine() throws Exception {
        // Given
        System.out.printf(
                "%d s, seed %d, %s, %s%n",
                SECONDS,
                SEED,
                disk.isPresent() ? "a disk that can be full" : "no disk that can be full",
                clock("any").isPresent() ? "clocks that step" : "no clocks that step");
        film.start();
        pictures.start();
        await().atMost(SOON).until(() -> controller.shots().size() > 20);

        // When
        ordeals.forEach(Ordeal::begin);
        awaitEndOfTroubles();
        film.end();
        pictures.end();
        await().atMost(QUIET_WITHIN).pollInterval(Duration.ofSeconds(1)).until(this::isQuiet);
        for (Ordeal ordeal : ordeals) {
            ordeal.end();
        }

        // Then
        var shots = new ShotItems(lines, books.events(), controller.shots());
        report(shots);
        books.deniedShots(shots.shotItems()).forEach(System.out::println);
        assertSoftly(all -> {
            all.assertThat(books.frames() - books.framesOf(lineOfFolder))
                    .as("frames of cameras")
                    .isEqualTo(film.published());
            all.assertThat(books.framesOf(lineOfFolder)).as("frames of files").isEqualTo(pictures.dropped());
            books.mustBalance(all, shots);
            all.assertThat(shots.count()).as("shots").isGreaterThan((int) SECONDS);
        });
    }

    private void awaitEndOfTroubles() {
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        await().atMost(Duration.ofSeconds(SECONDS).plus(SOON))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    ordeals.forEach(Ordeal::requireGood);
                    return System.nanoTime() > end;
                });
        ordeals.forEach(Ordeal::calmDown);
    }

    /** All parts are there, and all frames and events have their fates. */
    private boolean isQuiet() throws Exception {
        ordeals.forEach(Ordeal::requireGood);
        return ordeals.stream().allMatch(Ordeal::isCalm)
                && services.stream().allMatch(Service::ready)
                && books.frames() >= film.published() + pictures.dropped()
                && books.frames() == progress.end(Topic.FRAMES)
                && progress.classified() == progress.end(Topic.FRAMES)
                && books.events().size() == progress.end(Topic.ACTUATIONS)
                && progress.settled() == progress.end(Topic.ACTUATIONS)
                && books.setAside() == progress.end(Topic.DEAD_LETTERS);
    }

    private void report(ShotItems shots) {
        ordeals.forEach(ordeal -> System.out.println(ordeal));
        Set<String> untold = new HashSet<>(shots.shotItems());
        books.toldFired().forEach(untold::remove);
        System.out.printf(
                "%d frames (%d from files), %d set aside, %d events of which %d were to be sorted%n",
                books.frames(),
                pictures.dropped(),
                books.setAside(),
                books.events().size(),
                shots.sorted());
        System.out.printf(
                "%d shots (%d without their registers, %d of which nobody told), late %s; told of items: %s%n",
                shots.count(), shots.unnamed(), untold.size(), shots.toldLateness(), books.fates());
    }

    /** Starts a command for a machine. */
    @FunctionalInterface
    private interface Start {
        CommandProcess with(Map<String, String> environment) throws Exception;
    }

    private void serveWithClock(String name, long mostCalmMillis, Start start) throws Exception {
        Optional<SteppableClock> clock = clock(name);
        Map<String, String> environment = clock.map(SteppableClock::environment).orElse(Map.of());
        List<Trouble> troubles = new ArrayList<>();
        clock.ifPresent(own -> troubles.add(
                new Trouble("clock set", 2_000, 12_000, () -> own.step(randomStep()), () -> own.step(Duration.ZERO))));
        serve(name, mostCalmMillis, () -> start.with(environment), CommandProcess::ready, troubles);
    }

    private void serve(
            String name,
            long mostCalmMillis,
            Callable<CommandProcess> start,
            Predicate<CommandProcess> ready,
            List<Trouble> others)
            throws Exception {
        var service = new Service(name, start, ready);
        services.add(service);
        List<Trouble> troubles = new ArrayList<>(others);
        troubles.add(new Trouble("killed", 1, 10_000, service::kill, service::startAgain));
        troubles.add(new Trouble("stopped", 1, 10_000, service::stop, service::startAgain));
        troubles.add(new Trouble("frozen", 500, 15_000, service::freeze, service::thaw));
        ordeals.add(new Ordeal(name, random.nextLong(), mostCalmMillis, service::keepUp, troubles));
    }

    private List<Trouble> troublesOfBroker() {
        List<Trouble> troubles = new ArrayList<>(List.of(
                new Trouble("killed", 1, 15_000, broker::kill, broker::restart),
                new Trouble("stopped", 1, 15_000, broker::stop, broker::restart),
                new Trouble("frozen", 500, 15_000, broker::freeze, broker::thaw)));
        disk.ifPresent(own -> troubles.add(new Trouble("disk full", 1_000, 15_000, own::fill, () -> {
            own.free();
            // It may have ended, or given its storage up.
            broker.kill();
            broker.restart();
        })));
        return troubles;
    }

    private Optional<SteppableClock> clock(String name) throws Exception {
        return SteppableClock.toldBy(
                Files.createDirectories(folder.resolve("clocks")).resolve(name));
    }

    /** From a twentieth of a second to ten seconds, the shorter ones as often as the longer ones, either way. */
    private Duration randomStep() {
        synchronized (random) {
            double millis = 50 * Math.pow(200, random.nextDouble());
            return Duration.ofMillis(Math.round(random.nextBoolean() ? millis : -millis));
        }
    }
}
