// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation;

import static dev.sortline.evaluation.PageNumbers.number;
import static dev.sortline.evaluation.PageNumbers.percent;
import static dev.sortline.evaluation.PageNumbers.trimmed;

import dev.sortline.evaluation.corruption.Corruption;
import dev.sortline.evaluation.corruption.CorruptionCurve;
import dev.sortline.evaluation.figures.Calibration;
import dev.sortline.evaluation.figures.PurityThreshold;
import dev.sortline.evaluation.figures.RiskCoverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The geometry of the drawings in {@code evaluation.html}, the template, in the units of their view boxes. */
final class EvaluationDrawings {
    /** The plot area of all. */
    private static final double LEFT = 46;

    private static final double TOP = 12;
    private static final double SIDE = 300;

    private EvaluationDrawings() {}

    /** The marks of the axes, in per cent. */
    static List<Map<String, Object>> ticks() {
        return List.of(0, 20, 40, 60, 80, 100).stream()
                .map(EvaluationDrawings::tick)
                .toList();
    }

    private static Map<String, Object> tick(int percent) {
        return Map.of(
                "text",
                percent,
                "share",
                percent / 100.0,
                "x",
                number(LEFT + SIDE * percent / 100),
                "y",
                number(TOP + SIDE * (100 - percent) / 100));
    }

    /** A bar a bin of the reliability diagram, and how many answers it rests on. */
    static List<Map<String, Object>> reliability(Calibration calibration) {
        return calibration.bins().stream().map(bin -> bar(calibration, bin)).toList();
    }

    private static Map<String, Object> bar(Calibration calibration, Calibration.Bin bin) {
        double top = TOP + SIDE * (1 - bin.accuracy());
        double ideal = TOP + SIDE * (1 - bin.confidence());
        double busiest = calibration.bins().stream()
                .mapToInt(Calibration.Bin::images)
                .max()
                .orElseThrow();
        double crowd = 34 * bin.images() / busiest;
        return Map.ofEntries(
                Map.entry("x", number(LEFT + SIDE * bin.from() + 1)),
                Map.entry("width", number(SIDE / Calibration.BINS - 2)),
                Map.entry("top", number(top)),
                Map.entry("height", number(SIDE * bin.accuracy())),
                Map.entry("mean", number(ideal)),
                Map.entry("crowdTop", number(TOP + SIDE + 72 - crowd)),
                Map.entry("crowdHeight", number(crowd)),
                Map.entry("from", number(bin.from())),
                Map.entry("to", number(bin.to())),
                Map.entry("images", bin.images()),
                Map.entry("confidence", number(bin.confidence())),
                Map.entry("accuracy", percent(bin.accuracy())));
    }

    /** Risk over coverage. The scale of the risk ends at the first of some round shares that all points lie below. */
    static Map<String, Object> curve(RiskCoverage riskCoverage) {
        List<RiskCoverage.Point> points = riskCoverage.points();
        RiskCoverage.Point surest = riskCoverage.at(0.9);
        double most =
                points.stream().mapToDouble(point -> 1 - point.accuracy()).max().orElseThrow();
        double scale = List.of(0.02, 0.05, 0.1, 0.2, 0.5, 1.0).stream()
                .filter(share -> share >= most)
                .findFirst()
                .orElse(1.0);
        StringBuilder path = new StringBuilder();
        for (RiskCoverage.Point point : points) {
            path.append(path.isEmpty() ? "M" : "L").append(x(point)).append(' ').append(y(point, scale));
        }
        List<Map<String, Object>> ticks = new ArrayList<>();
        for (int fifth = 0; fifth <= 5; fifth++) {
            ticks.add(Map.of("text", trimmed(100 * scale * fifth / 5), "y", number(TOP + SIDE * (1 - fifth / 5.0))));
        }
        return Map.of(
                "path", path,
                "riskTicks", ticks,
                "pureY", number(TOP + SIDE * (1 - (1 - PurityThreshold.PURITY) / scale)),
                "surestX", x(surest),
                "surestY", y(surest, scale),
                "rows", rows(riskCoverage));
    }

    /** The nearest to each tenth, for those who would rather read than look. */
    private static List<Map<String, Object>> rows(RiskCoverage riskCoverage) {
        return IntStream.rangeClosed(1, 10)
                .mapToObj(tenth -> riskCoverage.at(tenth / 10.0))
                .distinct()
                .map(point -> Map.<String, Object>of(
                        "coverage", percent(point.coverage()),
                        "accuracy", percent(point.accuracy()),
                        "threshold", number(point.threshold())))
                .toList();
    }

    /** Accuracy over the steps of each corruption, from none on. */
    static Optional<Map<String, Object>> falls(Evaluation evaluation) {
        List<CorruptionCurve> curves = evaluation.corruptions();
        return curves.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "steps",
                        IntStream.rangeClosed(0, Corruption.STEPS)
                                .mapToObj(step -> Map.of("text", step, "x", number(x(step))))
                                .toList(),
                        "curves",
                        IntStream.range(0, curves.size())
                                .mapToObj(place -> fall(curves.get(place), place, evaluation))
                                .toList()));
    }

    private static Map<String, Object> fall(CorruptionCurve curve, int place, Evaluation evaluation) {
        StringBuilder path = new StringBuilder("M" + number(x(0)) + " " + number(y(evaluation.accuracy())));
        int step = 0;
        for (CorruptionCurve.Point point : curve.points()) {
            step++;
            path.append('L').append(number(x(step))).append(' ').append(number(y(point.accuracy())));
        }
        return Map.of(
                "kind", "fall" + place,
                "path", path,
                "title", curve.corruption().title(),
                "what", curve.corruption().what(),
                "points",
                        curve.points().stream()
                                .map(point -> Map.of(
                                        "strength", trimmed(point.strength()),
                                        "accuracy", percent(point.accuracy()),
                                        "low", percent(point.interval().low()),
                                        "high", percent(point.interval().high()),
                                        "ece", percent(point.ece())))
                                .toList());
    }

    private static double x(int step) {
        return LEFT + SIDE * step / Corruption.STEPS;
    }

    private static double y(double accuracy) {
        return TOP + SIDE * (1 - accuracy);
    }

    private static String x(RiskCoverage.Point point) {
        return number(LEFT + SIDE * point.coverage());
    }

    private static String y(RiskCoverage.Point point, double scale) {
        return number(TOP + SIDE * (1 - (1 - point.accuracy()) / scale));
    }
}
