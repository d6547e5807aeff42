// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.demo.DemoLine.Settings;
import dev.sortline.demo.DemoReport.Frames;
import dev.sortline.demo.belt.AirShot;
import dev.sortline.demo.belt.Item;
import dev.sortline.demo.belt.Landing;
import dev.sortline.demo.belt.ShotCount;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.linefile.GlassOnly;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Ejector;
import dev.sortline.sorting.Line;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoDisplayTest {
    private static final Instant CAPTURED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Item BOTTLE = new Item("camera-1.1", "glass", CAPTURED);
    private static final Item CAN = new Item("camera-1.2", "metal", CAPTURED);
    private static final Item UNKNOWN = new Item("camera-1.3", null, CAPTURED);
    private static final Line LINE = new Line(
            "line-1",
            new BeltGeometry(3, 0, "residue", null, null, Map.of("glass", new Ejector(1, 4.5, 5))),
            GlassOnly.edition("glass", "glass", 0));
    private static final Settings SETTINGS = new Settings(
            Path.of("frames"),
            Path.of("model"),
            LINE,
            FiringSettings.DEFAULT,
            2,
            10,
            Duration.ofSeconds(30),
            Optional.empty());

    private final StringWriter out = new StringWriter();

    @Test
    void announcementTellsHowFarApartPicturesAreOnTheBelt() {
        // Given
        var display = new DemoDisplay(new PrintWriter(out), true);

        // When
        display.announce(SETTINGS);

        // Then
        assertThat(out.toString()).contains("Belts at 3 m/s: a picture every 30 cm");
    }

    @Test
    void terminalShowsFiringsAndWhatEachShotTook() {
        // Given
        var display = new DemoDisplay(new PrintWriter(out), true);
        var standing = standing(
                Duration.ofSeconds(3), shot(BOTTLE), shot(), shot(BOTTLE, CAN), shot(BOTTLE, CAN, UNKNOWN, BOTTLE));

        // When
        display.update(SETTINGS, standing);

        // Then
        assertThat(out.toString().lines())
                .contains("ejectors: 4 fired, 1 residual, 2 heartbeat missing; shots that hit nothing: 1")
                .contains("2 items landed, 50.0 % where they belong")
                .contains("glass                2   50.0 %   100.0 %       4            1")
                .contains("residue              0        -     0.0 %       -            -");
        assertThat(out.toString().lines().filter(line -> line.contains(":00.500  line-1   glass")))
                .extracting(line ->
                        line.substring(line.indexOf("glass") + "glass".length()).strip())
                .containsExactly(
                        "took glass, item camera-1.1",
                        "hit nothing",
                        "took 2 items: glass, metal",
                        "took 4 items: glass, metal, unknown ...");
    }

    @Test
    void plainLinesComeEveryFiveSecondsAndTellOfEjectorsAndLandings() {
        // Given
        var display = new DemoDisplay(new PrintWriter(out), false);

        // When
        for (int second = 1; second <= 12; second++) {
            display.update(SETTINGS, standing(Duration.ofSeconds(second)));
        }

        // Then
        assertThat(out.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("ejectors: 4 fired") && line.contains("50.0 % where they belong"));
    }

    @Test
    void saysWhereTheMachineIsTooSlow() {
        // Given
        var display = new DemoDisplay(new PrintWriter(out), false);
        display.warmsUp();

        // When
        display.begins(false);

        // Then
        assertThat(out.toString().lines()).first().asString().startsWith("Warming up");
        assertThat(out.toString()).contains("Shots still come late: this machine is busy or too slow");
    }

    private static AirShot shot(Item... taken) {
        return new AirShot("line-1", "glass", CAPTURED.plusMillis(500), List.of(taken));
    }

    private static Standing standing(Duration run, AirShot... shots) {
        var score = new Scoreboard(LINE);
        score.landed(new Landing(BOTTLE, "glass"));
        score.landed(new Landing(CAN, "glass"));
        return new Standing(
                run,
                new Frames(10, 8, 2, 0, 0),
                new EnumMap<>(Map.of(
                        EventFate.FIRED,
                        4L,
                        EventFate.HEARTBEAT_MISSING,
                        2L,
                        EventFate.RESIDUAL,
                        1L,
                        EventFate.LATE,
                        0L)),
                Map.of("glass", new ShotCount(4, 1)),
                List.of(shots),
                score);
    }
}
