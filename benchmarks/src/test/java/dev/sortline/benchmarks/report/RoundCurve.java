// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import com.sun.management.OperatingSystemMXBean;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.evaluation.Evaluation;
import dev.sortline.retraining.RetrainedModel;
import dev.sortline.retraining.Retraining;
import dev.sortline.retraining.RetrainingRequest;
import dev.sortline.trainer.pictures.LabelledFolders;
import dev.sortline.trainer.pictures.LabelledPicture;
import dev.sortline.trainer.progress.ProgressListener;
import java.awt.Color;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;

/**
 * What a round of retraining brings at another place, by how many of its pictures were reviewed. Not a test; {@code docs/decisions/0071} tells
 * how it is run.
 */
final class RoundCurve {
    private static final String HEADER =
            "place,draw,reviews,placeBefore,placeAfter,valBefore,valAfter,share,seconds,processorSeconds\n";

    private RoundCurve() {}

    /**
     * {@code round TABLE PLACE DRAW REVIEWS POOL JUDGE BASE VALIDATION KEPT…} draws so many pictures of the pool by chance, learns on from
     * them, asks about all of the other folder and adds a line to the table; {@code plot TABLE FOLDER} draws the table.
     */
    public static void main(String[] args) throws IOException {
        Path table = Path.of(args[1]);
        if (args[0].equals("plot")) {
            plot(table, Path.of(args[2]));
        } else {
            round(table, args[2], Long.parseLong(args[3]), Integer.parseInt(args[4]), paths(args, 5));
        }
    }

    private static List<Path> paths(String[] args, int from) {
        return Stream.of(args).skip(from).map(Path::of).toList();
    }

    private static void round(Path table, String place, long draw, int reviews, List<Path> folders) throws IOException {
        Path scratch = Files.createTempDirectory("round-curve-");
        Path base = folders.get(2);
        Path validation = folders.get(3);
        Path drawn = draw(folders.get(0), ModelPackage.load(base).labels(), draw, reviews, scratch.resolve("reviews"));
        RetrainingRequest request = new RetrainingRequest(
                base,
                List.of(drawn),
                folders.subList(4, folders.size()),
                Optional.of(validation),
                scratch.resolve("next"),
                "next",
                "1.0.0",
                draw,
                Optional.empty());
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        RetrainedModel made = Retraining.run(request, ProgressListener.SILENT);
        double processorSeconds = (system.getProcessCpuTime() - before) / 1e9;
        double placeBefore = accuracy(base, folders.get(1));
        double placeAfter = made.model().isPresent() ? accuracy(request.out(), folders.get(1)) : placeBefore;
        String line = String.format(
                Locale.ROOT,
                "%s,%d,%d,%.4f,%.4f,%.4f,%.4f,%.1f,%d,%.0f\n",
                place,
                draw,
                reviews,
                placeBefore,
                placeAfter,
                made.known().before(),
                made.known().after(),
                made.share(),
                made.took().toSeconds(),
                processorSeconds);
        if (!Files.exists(table)) {
            Files.writeString(table, HEADER);
        }
        Files.writeString(table, line, StandardOpenOption.APPEND);
        System.out.print(line);
    }

    private static Path draw(Path pool, List<String> labels, long seed, int count, Path target) throws IOException {
        List<LabelledPicture> pictures =
                new ArrayList<>(LabelledFolders.list(List.of(pool)).only(labels).pictures());
        Collections.shuffle(pictures, new Random(seed));
        for (LabelledPicture picture : pictures.subList(0, count)) {
            Path folder = Files.createDirectories(target.resolve(picture.label()));
            Files.copy(picture.file(), folder.resolve(picture.file().getFileName()));
        }
        return target;
    }

    private static double accuracy(Path model, Path data) throws IOException {
        try (ImageClassifier classifier = ImageClassifier.open(ModelPackage.load(model))) {
            return Evaluation.ask(
                            classifier,
                            LabelledFolders.list(List.of(data))
                                    .only(classifier.model().labels()),
                            "",
                            ProgressListener.SILENT)
                    .stream()
                    .mapToInt(prediction -> prediction.right() ? 1 : 0)
                    .average()
                    .orElseThrow();
        }
    }

    private record Mean(double sum, int count) {
        Mean and(double value) {
            return new Mean(sum + value, count + 1);
        }

        double value() {
            return sum / count;
        }
    }

    private static void plot(Path table, Path folder) throws IOException {
        Map<String, Map<Integer, Mean>> place = new LinkedHashMap<>();
        Map<String, Map<Integer, Mean>> known = new LinkedHashMap<>();
        for (String line :
                Files.readAllLines(table).subList(1, Files.readAllLines(table).size())) {
            String[] cells = line.split(",", -1);
            add(place, cells[0], 0, cells[3]);
            add(place, cells[0], Integer.parseInt(cells[2]), cells[4]);
            add(known, cells[0], 0, cells[5]);
            add(known, cells[0], Integer.parseInt(cells[2]), cells[6]);
        }
        XYChart chart = Plots.lines("A round, by how many frames were reviewed", "reviewed frames", "named rightly, %");
        List<Color> colours = List.of(Plots.GREEN, Plots.BLUE);
        List<String> names = List.copyOf(place.keySet());
        for (int i = 0; i < names.size(); i++) {
            series(chart, names.get(i), place, names.get(i), colours.get(i % colours.size()));
        }
        for (int i = 0; i < names.size(); i++) {
            series(chart, "known, after " + names.get(i), known, names.get(i), i == 0 ? Plots.GREY : Plots.ORANGE);
        }
        chart.getStyler().setYAxisMin(50.0).setYAxisMax(100.0).setXAxisMin(0.0);
        System.out.println(Plots.write(chart, folder, "first-week"));
    }

    private static void add(Map<String, Map<Integer, Mean>> means, String place, int reviews, String share) {
        means.computeIfAbsent(place, name -> new TreeMap<>())
                .merge(reviews, new Mean(100 * Double.parseDouble(share), 1), (all, one) -> all.and(one.sum()));
    }

    private static void series(
            XYChart chart, String name, Map<String, Map<Integer, Mean>> means, String place, Color colour) {
        Map<Integer, Mean> curve = means.getOrDefault(place, Map.of());
        Plots.series(
                chart,
                name,
                curve.keySet().stream().map(Integer::doubleValue).toList(),
                curve.values().stream().map(Mean::value).toList(),
                colour);
    }
}
