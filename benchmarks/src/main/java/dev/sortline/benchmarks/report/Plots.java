// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import dev.sortline.benchmarks.report.LatencyReport.Load;
import dev.sortline.benchmarks.report.OverloadReport.Second;
import dev.sortline.benchmarks.report.ScaleReport.Step;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws what a report says. */
public final class Plots {
    private static final int LEANING = 15;
    private static final int WIDTH = 1400;
    private static final int HEIGHT = 760;
    /** Pixels between the marks of an axis. */
    private static final int TICKS = 110;

    private static final String FONT = Font.SANS_SERIF;
    static final Color GREEN = new Color(0x2e7d5b);
    static final Color BLUE = new Color(0x2f6db5);
    static final Color ORANGE = new Color(0xd9822b);
    static final Color GREY = new Color(0x6b7580);
    private static final Color INK = new Color(0x24292f);
    private static final Color GRID = new Color(0xe3e7eb);

    private Plots() {}

    /**
     * Writes a report's plots as PNG files.
     *
     * @param folder made where it is missing
     * @return the files
     */
    public static List<Path> write(BenchmarkReport report, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        if (report instanceof ThroughputReport throughput) {
            files.add(write(throughput(throughput), folder, "throughput"));
        } else if (report instanceof LatencyReport latency) {
            files.add(write(latency(latency), folder, "latency"));
        } else if (report instanceof OverloadReport overload) {
            files.add(write(overload(overload), folder, "overload"));
        } else if (report instanceof ScaleReport scale) {
            files.add(write(steps("More lines on one instance", "lines", scale.byLines()), folder, "scale-lines"));
            files.add(write(
                    steps("More instances on one machine", "instances", scale.byInstances()),
                    folder,
                    "scale-instances"));
        } else if (report instanceof PeersReport peers) {
            files.add(write(peers(peers.sizes().get(0)), folder, "peers"));
            files.add(write(peers(peers.sizes().get(peers.sizes().size() - 1)), folder, "peers-large"));
        }
        return files;
    }

    private static CategoryChart throughput(ThroughputReport report) {
        return contestants(
                String.format(Locale.ROOT, "Through the broker: %.2f of the bare loop", report.ratioToBareLoop()),
                List.of("through the broker", "bare loop, without Kafka"),
                List.of(report.throughBroker(), report.bareLoop()));
    }

    private static CategoryChart peers(PeersReport.Size size) {
        List<PeersReport.Contestant> all = new ArrayList<>(List.of(size.sortline()));
        all.addAll(size.bestPeers());
        all.add(size.onnxRuntime());
        all.add(size.plainConsumer());
        CategoryChart chart = contestants(
                "The same frames of %s from the same broker".formatted(size.pictures()),
                all.stream().map(PeersReport.Contestant::name).toList(),
                all.stream().map(PeersReport.Contestant::framesPerSecond).toList());
        // Their names are longer than their bars are wide.
        chart.getStyler().setXAxisLabelRotation(LEANING);
        return chart;
    }

    /** The first is ours. */
    private static CategoryChart contestants(String title, List<String> names, List<MedianOfTurns> framesPerSecond) {
        CategoryChart chart = bars(title, "");
        for (int i = 0; i < names.size(); i++) {
            List<@Nullable Double> only = new ArrayList<>(Collections.nCopies(names.size(), null));
            only.set(i, Math.rint(framesPerSecond.get(i).median()));
            chart.addSeries(names.get(i), names, only).setFillColor(i == 0 ? GREEN : GREY);
        }
        return chart;
    }

    private static CategoryChart steps(String title, String axis, List<Step> steps) {
        CategoryChart chart = bars(title, axis);
        chart.addSeries(
                        axis,
                        steps.stream().map(step -> String.valueOf(step.count())).toList(),
                        steps.stream()
                                .map(step -> Math.rint(step.framesPerSecond().median()))
                                .toList())
                .setFillColor(GREEN);
        return chart;
    }

    private static CategoryChart bars(String title, String axis) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(axis)
                .yAxisTitle("frames a second")
                .build();
        var styler = chart.getStyler();
        style(styler);
        styler.setAvailableSpaceFill(0.5)
                .setOverlapped(true)
                .setLabelsVisible(true)
                .setLabelsFont(new Font(FONT, Font.BOLD, 26))
                .setLabelsPosition(0.92);
        styler.setYAxisMin(0.0)
                .setYAxisDecimalPattern("#,###")
                .setYAxisTickMarkSpacingHint(TICKS)
                .setPlotGridVerticalLinesVisible(false);
        styler.setLegendVisible(false);
        return chart;
    }

    private static XYChart latency(LatencyReport report) {
        XYChart chart = lines("From capture to the event read", "percentile of items", "milliseconds");
        List<Color> colours = List.of(GREY, GREEN, BLUE, ORANGE);
        for (int i = 0; i < report.loads().size(); i++) {
            Load load = report.loads().get(i);
            List<LatencyReport.Point> curve = load.curve().stream()
                    .filter(point -> point.percentile() < 100)
                    .toList();
            series(
                    chart,
                    load.name(),
                    curve.stream().map(point -> nines(point.percentile())).toList(),
                    curve.stream().map(LatencyReport.Point::ms).toList(),
                    colours.get(i % colours.size()));
        }
        chart.getStyler().setYAxisMin(0.0).setXAxisMin(0.0).setXAxisMax(3.0).setXAxisTickMarkSpacingHint(200);
        chart.setCustomXAxisTickLabelsFormatter(Plots::percentile);
        return chart;
    }

    /** 90 % is 1, 99 % is 2 and so on: the tail has as much room as the rest. */
    private static double nines(double percentile) {
        return -Math.log10(1 - percentile / 100);
    }

    /** Only whole nines have a name that is short enough. */
    private static String percentile(double nines) {
        if (Math.abs(nines - Math.rint(nines)) > 1e-6) {
            return "";
        }
        double percentile = 100 * (1 - Math.pow(10, -Math.rint(nines)));
        return new BigDecimal(percentile)
                        .round(new MathContext(6))
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }

    private static XYChart overload(OverloadReport report) {
        XYChart chart = lines("Twice the capacity, then half of it", "seconds", "a second");
        List<Double> seconds =
                report.course().stream().map(second -> (double) second.second()).toList();
        series(chart, "frames offered", seconds, values(report.course().stream().map(Second::offered)), GREY);
        series(
                chart,
                "items decided in time",
                seconds,
                values(report.course().stream().map(Second::sorted)),
                GREEN);
        series(
                chart,
                "items told as late",
                seconds,
                values(report.course().stream().map(Second::late)),
                ORANGE);
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }

    private static List<Double> values(Stream<Long> values) {
        return values.map(Long::doubleValue).toList();
    }

    static XYChart lines(String title, String xAxis, String yAxis) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xAxis)
                .yAxisTitle(yAxis)
                .build();
        style(chart.getStyler());
        chart.getStyler()
                .setYAxisTickMarkSpacingHint(TICKS)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal);
        return chart;
    }

    static void series(XYChart chart, String name, List<Double> x, List<Double> y, Color colour) {
        chart.addSeries(name, x, y)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(colour)
                .setLineStyle(new BasicStroke(4, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    private static void style(AxesChartStyler styler) {
        styler.setAxisTickLabelsFont(new Font(FONT, Font.PLAIN, 22))
                .setAxisTitleFont(new Font(FONT, Font.PLAIN, 24))
                .setAxisTickLabelsColor(INK)
                .setPlotGridLinesColor(GRID);
        styler.setChartTitleFont(new Font(FONT, Font.BOLD, 28))
                .setLegendFont(new Font(FONT, Font.PLAIN, 22))
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setLegendBorderColor(Color.WHITE)
                .setChartTitleBoxVisible(false)
                .setChartTitlePadding(24)
                .setChartFontColor(INK)
                .setChartPadding(24);
    }

    static Path write(Chart<?, ?> chart, Path folder, String name) throws IOException {
        Path file = folder.resolve(name + ".png");
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
        return file;
    }
}
