// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.contract.MissingTopics;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.BrokerProcess;
import dev.sortline.loopback.JavaProcess;
import dev.sortline.loopback.LocalProcess;
import dev.sortline.loopback.LoopbackPort;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/**
 * A broker with its topics, cameras over a folder of pictures and a reader of the events; classifiers and other contestants are started on
 * it. Used by one thread.
 */
public final class TestBench implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofMillis(400);
    private static final Duration STUCK_AFTER = Duration.ofMinutes(1);
    private static final Duration CONTESTANT_WITHIN = Duration.ofMinutes(15);
    private static final int POLL_MILLIS = 5;

    private final Path folder;
    private Path frames;
    private BeltPictures pictures;
    private final BrokerProcess broker;
    private final ModelPackage model;
    private final Map<String, String> inference;
    private final FramePublisher publisher;
    private Cameras cameras;
    private final EventReader reader;
    private int started;

    /**
     * How things stand.
     *
     * @param fates what became of the frames so far
     * @param events events that were read so far
     */
    public record Mark(FrameFates fates, long events) {}

    private TestBench(
            Path folder,
            Path frames,
            BrokerProcess broker,
            ModelPackage model,
            Map<String, String> inference,
            BeltPictures pictures) {
        this.folder = folder;
        this.frames = frames.toAbsolutePath().normalize();
        this.pictures = pictures;
        this.broker = broker;
        this.model = model;
        this.inference = Map.copyOf(inference);
        this.publisher = new FramePublisher(broker.clientProperties(), new SimpleMeterRegistry());
        this.cameras = new Cameras(pictures, publisher);
        this.reader = new EventReader(broker.clientProperties());
    }

    /**
     * Sets it up, about 5 s.
     *
     * @param frames folder of pictures
     * @param inference how the line and the bare loop are to run the network, as a line file's section of that name has it: {@code engine} and
     *     {@code precision}; what is absent they measure
     * @throws dev.sortline.camera.replay.ImageFolderException when it holds none
     */
    public static TestBench open(Path frames, ModelPackage model, Map<String, String> inference)
            throws IOException, InterruptedException {
        BeltPictures pictures = BeltPictures.of(frames);
        Path folder = Files.createTempDirectory("sortline-bench-");
        try {
            BrokerProcess broker = BrokerProcess.start(folder);
            try (Admin admin = Admin.create(broker.clientProperties())) {
                MissingTopics.create(admin);
                return new TestBench(folder, frames, broker, model, inference, pictures);
            } catch (ExecutionException e) {
                broker.close();
                throw new BenchFailure("cannot create the topics: " + e.getCause(), e);
            } catch (InterruptedException | RuntimeException e) {
                broker.close();
                throw e;
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    /** The model that everybody runs. */
    public ModelPackage model() {
        return model;
    }

    /** What is set of how the line and the bare loop run the network, by {@code engine} and {@code precision}. */
    public Map<String, String> inference() {
        return inference;
    }

    /** The folder of pictures, absolute. */
    public Path frames() {
        return frames;
    }

    /** How many pictures it holds. */
    public int pictures() {
        return pictures.files().size();
    }

    /** Width and height of the first of them in pixels, as {@code 512x384}. */
    public String pictureSize() {
        return pictures.size();
    }

    /** How many bytes one of them has on average. */
    public int meanBytes() {
        return pictures.meanBytes();
    }

    /**
     * From now on cameras show the pictures of another folder.
     *
     * @throws dev.sortline.camera.replay.ImageFolderException when it holds none
     */
    public void show(Path folder) {
        pictures = BeltPictures.of(folder);
        frames = folder.toAbsolutePath().normalize();
        cameras = new Cameras(pictures, publisher);
    }

    /** Empties the frames' topic, starts a classifier with a group of its own and waits until it is ready. */
    public ClassifierProcess startClassifier(BenchLineFile lineFile) throws IOException, InterruptedException {
        ClassifierProcess classifier = startClassifier("bench-" + (started + 1), lineFile);
        try {
            classifier.awaitReady();
            return classifier;
        } catch (InterruptedException | RuntimeException e) {
            classifier.close();
            throw e;
        }
    }

    /**
     * Empties the frames' topic and starts a classifier that shares its lines with those of the same group. It may not be ready yet; what
     * it takes is what comes from now on.
     */
    public ClassifierProcess startClassifier(String group, BenchLineFile lineFile)
            throws IOException, InterruptedException {
        clear();
        started++;
        return ClassifierProcess.start(
                folder,
                "classifier-" + started,
                group,
                broker.bootstrapServers(),
                model.folder(),
                model.labels(),
                lineFile.withInference(inference));
    }

    /** Starts the operator's page of these lines and waits until it answers. */
    public ConsoleProcess startConsole(BenchLineFile lineFile) throws IOException, InterruptedException {
        started++;
        ConsoleProcess console = ConsoleProcess.start(
                folder, "console-" + started, broker.bootstrapServers(), model.folder(), model.labels(), lineFile);
        try {
            console.awaitReady();
            return console;
        } catch (InterruptedException | RuntimeException e) {
            console.close();
            throw e;
        }
    }

    /** A folder for files that go with the bench. */
    public Path folder() {
        return folder;
    }

    /**
     * Starts {@code sortline produce} on the bench's broker.
     *
     * @param arguments what follows {@code produce}, without broker and ports
     */
    public ProducerProcess startProducer(List<String> arguments) throws IOException {
        started++;
        return ProducerProcess.start(folder, "producer-" + started, broker.bootstrapServers(), arguments);
    }

    /** Starts {@code sortline produce} with all cameras of a line file. */
    public ProducerProcess startProducer(BenchLineFile lineFile) throws IOException {
        Path plan = Files.writeString(folder.resolve("all.yaml"), BenchLineFile.planText(model.labels()));
        Path config = Files.writeString(
                folder.resolve("producer-" + (started + 1) + ".yaml"),
                lineFile.text(
                        broker.bootstrapServers(),
                        "bench-cameras",
                        model.folder().toAbsolutePath().toString(),
                        LoopbackPort.free(),
                        plan.getFileName().toString(),
                        model.labels()));
        return startProducer(List.of("--config", config.toString()));
    }

    /**
     * Runs another contestant in a JVM of its own, with the options of a classifier, until its end.
     *
     * @param arguments follow the broker's address and the model's folder
     * @return what it wrote to standard output, as JSON
     */
    public <T> T run(Class<?> contestant, List<String> arguments, Class<T> result) throws InterruptedException {
        started++;
        var all = new ArrayList<>(List.of(
                broker.bootstrapServers(), model.folder().toAbsolutePath().toString()));
        all.addAll(arguments);
        String name = contestant.getSimpleName();
        try (var process =
                new JavaProcess(name + "-" + started, folder, JavaProcess.ownOptions(), contestant.getName(), all)) {
            return result(name, process, result);
        }
    }

    /**
     * Runs a contestant that is no Java, until its end.
     *
     * @param command the program and what comes before the broker's address and the model's folder
     * @param arguments follow these
     * @return what it wrote to standard output, as JSON
     */
    public <T> T run(String name, List<String> command, List<String> arguments, Class<T> result)
            throws InterruptedException {
        started++;
        var all = new ArrayList<>(command);
        all.add(broker.bootstrapServers());
        all.add(model.folder().toAbsolutePath().toString());
        all.addAll(arguments);
        try (var process = new LocalProcess(name + "-" + started, folder, all, Map.of())) {
            return result(name, process, result);
        }
    }

    private static <T> T result(String name, LocalProcess process, Class<T> result) throws InterruptedException {
        String output = process.outputAtEnd(CONTESTANT_WITHIN);
        try {
            return new JsonMapper().readValue(output, result);
        } catch (JsonProcessingException e) {
            throw new BenchFailure("%s answers '%s'".formatted(name, output.strip()), e);
        }
    }

    /** Makes the topic of the contestants' answers, where it is not there yet, and reads what comes to it from now on. */
    public AnswerReader readAnswers() throws InterruptedException {
        try (Admin admin = Admin.create(broker.clientProperties())) {
            if (!admin.listTopics().names().get().contains(AnswerReader.TOPIC)) {
                admin.createTopics(List.of(new NewTopic(AnswerReader.TOPIC, Topic.PARTITIONS, (short) 1)))
                        .all()
                        .get();
            }
        } catch (ExecutionException e) {
            throw new BenchFailure("cannot create the topic of answers: " + e.getCause(), e);
        }
        return new AnswerReader(broker.clientProperties());
    }

    /** Fills the topic and waits until classifiers have emptied it. */
    public Sustained saturate(List<ClassifierProcess> classifiers, List<String> lines, long count)
            throws InterruptedException {
        Mark mark = mark(classifiers);
        var unused = reader.take();
        Instant filledAt = fill(lines, count);
        awaitFates(classifiers, mark, count);
        return Sustained.of(reader.take(), count, filledAt);
    }

    /** Fills the topic. Gives the time at which all frames were in it. */
    private Instant fill(List<String> lines, long count) throws InterruptedException {
        long acknowledged = publisher.totals().frames() + count;
        cameras.fill(lines, count);
        awaitAcknowledged(acknowledged);
        return Instant.now();
    }

    /** So that who reads the topic from the beginning finds only what comes from now on. */
    private void clear() throws InterruptedException {
        try (Admin admin = Admin.create(broker.clientProperties())) {
            Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, Topic.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(Topic.FRAMES.topicName(), partition))
                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
            var offsets = admin.listOffsets(ends).all().get();
            admin.deleteRecords(offsets.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    end -> RecordsToDelete.beforeOffset(
                                            end.getValue().offset()))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new BenchFailure("cannot empty the topic: " + e.getCause(), e);
        }
    }

    /**
     * Films with open-loop load. Returns at its end; frames may still be on their way.
     *
     * @param framesPerSecond of each line
     * @return frames that were published
     */
    public long film(List<String> lines, double framesPerSecond, Duration duration) throws InterruptedException {
        return cameras.film(lines, framesPerSecond, duration);
    }

    /** How things stand, to wait from here. Costs the classifiers some milliseconds. */
    public Mark mark(List<ClassifierProcess> classifiers) throws InterruptedException {
        return new Mark(fates(classifiers), reader.total());
    }

    /**
     * Waits until classifiers have found a fate for so many more frames, and all their events have been read.
     *
     * @return the fates since the mark
     */
    public FrameFates awaitFates(List<ClassifierProcess> classifiers, Mark mark, long frames)
            throws InterruptedException {
        long seen = -1;
        long seenAt = System.nanoTime();
        while (true) {
            // To ask costs the classifier time, so it is asked only when it seems to have done.
            do {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } while (reader.silence().compareTo(SILENCE) < 0);
            FrameFates since = fates(classifiers).minus(mark.fates);
            long read = reader.total() - mark.events;
            if (since.total() >= frames && read >= since.told()) {
                return since;
            }
            long now = System.nanoTime();
            if (since.total() + read != seen) {
                seen = since.total() + read;
                seenAt = now;
            } else if (now - seenAt > STUCK_AFTER.toNanos()) {
                throw new BenchFailure("of %d frames %d have found a fate, and of their %d events %d were read"
                        .formatted(frames, since.total(), since.told(), read));
            }
            TimeUnit.MILLISECONDS.sleep(SILENCE.toMillis() / 4);
        }
    }

    /** Events that were read since the last call. */
    public List<Arrival> takeEvents() {
        return reader.take();
    }

    private static FrameFates fates(List<ClassifierProcess> classifiers) throws InterruptedException {
        FrameFates all = FrameFates.NONE;
        for (ClassifierProcess classifier : classifiers) {
            all = all.plus(classifier.fates());
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        publisher.close();
        broker.close();
        delete(folder);
    }

    private void awaitAcknowledged(long frames) throws InterruptedException {
        while (true) {
            var totals = publisher.totals();
            if (totals.failed() > 0) {
                throw new BenchFailure("the broker refused %d frames".formatted(totals.failed()));
            }
            if (totals.frames() >= frames) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
