// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sortline.classifier.integrity.JpegFindings;
import dev.sortline.classifier.integrity.JpegIntegrity;
import dev.sortline.line.peers.Samples;
import dev.sortline.stream.gate.EmptyGate;
import dev.sortline.stream.gate.GatedFrame;
import dev.sortline.trainer.augmentation.BeltTexture;
import dev.sortline.trainer.pictures.Picture;
import dev.sortline.trainer.pictures.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whether a gate takes items for an empty belt, over thousands of them: it learns from the training split of TrashNet, cut out and laid on
 * six belts, half made up and half rendered, and is tried with the validation split of the model's card. What the network would say is
 * what the picture shows.
 */
@Tag("exhaustive")
class EmptyGateProofTest {
    private static final Path TRASHNET = Path.of("../../shared/data/trashnet");
    /** Less than which a photograph is not scaled down. */
    private static final int PHOTOGRAPH = 224;

    private static final int BELTS = 6;
    private static final int MOST_LEARNED = 9_000;
    private static final int TRIED = 2_500;

    /** What became of the frames of one belt while its gate was open. */
    private record Tally(String belt, int learned, boolean opened, int empties, int answered, int items, int taken) {
        Tally plus(Tally other) {
            return new Tally(
                    "all",
                    learned + other.learned,
                    opened || other.opened,
                    empties + other.empties,
                    answered + other.answered,
                    items + other.items,
                    taken + other.taken);
        }
    }

    @Test
    void openGatesAnswerMostEmptyFramesAndTakeAtMostOneItemInTwoThousandForEmpty() throws Exception {
        // Given
        assumeTrue(Files.isDirectory(TRASHNET), "TrashNet is not at " + TRASHNET);
        var reader = new PictureReader(PHOTOGRAPH);
        List<CutOutItem> known = items(TRASHNET.resolve("train"), 400, reader);
        List<CutOutItem> others = items(TRASHNET.resolve("val"), 400, reader);
        List<Path> rendered = files(Samples.frames().resolve("empty"));

        // When
        var all = new ArrayList<Tally>();
        var threads = Executors.newFixedThreadPool(2);
        List<Callable<Tally>> films = new ArrayList<>();
        for (int number = 0; number < BELTS; number++) {
            Path file = rendered.get(number);
            boolean made = number % 2 == 0;
            String name = made ? "made up " + number : file.getFileName().toString();
            Picture texture = made ? BeltTexture.empty(new SplittableRandom(number)) : reader.read(file);
            int seed = number;
            films.add(() -> film(name, new FilmedBelt(texture, seed), new SplittableRandom(seed), known, others));
        }
        for (Future<Tally> film : threads.invokeAll(films)) {
            all.add(film.get());
        }
        threads.shutdown();
        reader.close();

        // Then
        all.forEach(System.out::println);
        List<Tally> opened = all.stream().filter(Tally::opened).toList();
        Tally sum = opened.stream().reduce(new Tally("all", 0, false, 0, 0, 0, 0), Tally::plus);
        System.out.println(
                known.size() + " and " + others.size() + " items cut out, " + opened.size() + " gates opened: " + sum);
        assertThat(opened).hasSizeGreaterThanOrEqualTo(BELTS / 2);
        assertThat(sum.items()).isGreaterThan(5_000);
        assertThat(sum.answered()).isGreaterThan(sum.empties() / 2);
        assertThat(sum.taken()).isLessThanOrEqualTo(sum.items() / 2_000);
    }

    private static Tally film(
            String name, FilmedBelt belt, SplittableRandom random, List<CutOutItem> known, List<CutOutItem> others) {
        var gate = new EmptyGate(1, false);
        int learned = 0;
        while (!gate.isOpen() && learned < MOST_LEARNED) {
            @Nullable CutOutItem item = learned < 300 || random.nextInt(8) == 0 ? null : known.get(random.nextInt(known.size()));
            learned++;
            show(gate, belt, item);
        }
        boolean opened = gate.isOpen();
        int empties = 0;
        int emptiesAnswered = 0;
        int items = 0;
        int itemsAnswered = 0;
        for (int i = 0; i < TRIED && gate.isOpen(); i++) {
            @Nullable CutOutItem item = i % 5 == 0 ? null : others.get(random.nextInt(others.size()));
            boolean taken = show(gate, belt, item);
            if (item == null) {
                empties++;
                emptiesAnswered += taken ? 1 : 0;
            } else {
                items++;
                itemsAnswered += taken ? 1 : 0;
                if (taken) {
                    System.out.println("taken for empty: " + item.name + " on " + name);
                }
            }
        }
        return new Tally(name, learned, opened, empties, emptiesAnswered, items, itemsAnswered);
    }

    /** Whether the gate answers a frame; one that is refused as damaged never comes to it. */
    private static boolean show(EmptyGate gate, FilmedBelt belt, @Nullable CutOutItem item) {
        JpegFindings found = JpegIntegrity.findings(belt.frame(item));
        if (found.coarse().isEmpty()) {
            System.out.println("refused: " + found.damage());
            return false;
        }
        GatedFrame frame = gate.frame(true);
        boolean answered = frame.test(found.coarse().get());
        if (!answered) {
            var unused = frame.networkSays(item == null, 0.99);
        }
        return answered;
    }

    private static List<CutOutItem> items(Path folder, int most, PictureReader reader) throws IOException {
        List<Path> files = files(folder);
        Collections.shuffle(files, new Random(1));
        return files.stream()
                .map(file -> CutOutItem.of(file, reader))
                .flatMap(Optional::stream)
                .limit(most)
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList());
        }
    }
}
