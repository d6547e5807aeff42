// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.sortline.line.peers.Chromium;
import dev.sortline.line.peers.Prometheus;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** Draws dashboards for the documents from what Prometheus answers to their panels, plainer than Grafana would: {@code dashboard.html} lays them out. */
final class DashboardPainter implements AutoCloseable {
    private static final Path PICTURES = Path.of("../docs/images/dashboards");
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final int WIDTH = 1600;
    private static final int MOST_COLOURS = 256;
    private static final int ALIKE = 24;
    private static final JsonMapper JSON = new JsonMapper();

    private final Chromium chromium = Chromium.start();
    private final Prometheus prometheus;

    DashboardPainter(Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    /** Paints one as it was in the time until a moment. */
    void paint(DashboardSheet sheet, Instant end, Duration time) throws IOException, InterruptedException {
        var dashboard = (ObjectNode) JSON.readTree(sheet.file().toFile());
        dashboard
                .put("from", end.minus(time).getEpochSecond())
                .put("to", end.getEpochSecond())
                .put("step", STEP.toSeconds());
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                String query = DashboardQuery.filledIn(target.get("expr").asText());
                ((ObjectNode) target).set("result", prometheus.until(end, time, STEP, query));
            }
        }
        try (var somebody = chromium.somebody(new Browser.NewContextOptions().setViewportSize(WIDTH, 900))) {
            Page page = somebody.newPage();
            page.setContent(template());
            page.evaluate("dashboard => draw(JSON.parse(dashboard))", dashboard.toString());
            byte[] picture = page.screenshot(new Page.ScreenshotOptions().setFullPage(true));
            ImageIO.write(
                    withFewColours(ImageIO.read(new ByteArrayInputStream(picture))),
                    "png",
                    PICTURES.resolve(sheet.name() + ".png").toFile());
        }
    }

    /** Without shades that nobody tells apart: half the bytes. */
    private static BufferedImage withFewColours(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        List<Color> kept = new ArrayList<>();
        Arrays.stream(picture.getRGB(0, 0, width, height, null, 0, width))
                .boxed()
                .collect(Collectors.groupingBy(Color::new, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<Color, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .filter(colour -> kept.stream().allMatch(other -> distance(colour, other) > ALIKE))
                .limit(MOST_COLOURS)
                .forEach(kept::add);
        int[] colours = kept.stream().mapToInt(Color::getRGB).toArray();
        var palette = new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
        var same = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, palette);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                same.setRGB(x, y, picture.getRGB(x, y));
            }
        }
        return same;
    }

    private static int distance(Color one, Color other) {
        return Math.abs(one.getRed() - other.getRed())
                + Math.abs(one.getGreen() - other.getGreen())
                + Math.abs(one.getBlue() - other.getBlue());
    }

    private static String template() throws IOException {
        try (var page = Objects.requireNonNull(DashboardPainter.class.getResourceAsStream("dashboard.html"))) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        chromium.close();
    }
}
