// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.camera.picture.Luma;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SightWatchTest {
    private final SightWatch watch = new SightWatch(SightSettings.DEFAULT);
    private final Random random = new Random(5);
    private int print;

    @Test
    void cameraThatSeesWellIsNotToldOf() {
        // When
        var troubles = looks(1_000, 0.1, 0.05, 0.1);

        // Then
        assertThat(troubles).containsOnly(Optional.empty());
    }

    @Test
    void darknessIsToldAfterSomeLooksAndTakenBackAfterSome() {
        // Given
        var before = looks(5, 0.1, 0, null);

        // When
        var dark = looks(4, 1, 0, null);
        var light = looks(4, 0.1, 0, null);

        // Then
        assertThat(before).containsOnly(Optional.empty());
        assertThat(dark).map(Optional::isPresent).containsExactly(false, false, true, true);
        assertThat(light).map(Optional::isPresent).containsExactly(true, true, false, false);
        assertThat(dark.get(3)).contains(SightTrouble.DARK);
    }

    @Test
    void lightThatFluttersAboutTheBoundIsToldOnce() {
        // Given
        var dark = looks(3, 0.99, 0, null);

        // When
        var fluttering = IntStream.range(0, 100)
                .mapToObj(look -> watch.look(new Sight(10, look % 2 == 0 ? 0.97 : 0.99, 0, null, print++)))
                .toList();

        // Then
        assertThat(dark.get(2)).contains(SightTrouble.DARK);
        assertThat(fluttering).containsOnly(Optional.of(SightTrouble.DARK));
    }

    @Test
    void blownOutPictureIsTold() {
        // When
        var troubles = looks(3, 0, 0.7, null);

        // Then
        assertThat(troubles.get(2)).contains(SightTrouble.BLOWN_OUT);
    }

    @Test
    void blurIsToldByTheCamerasOwnSharpness() {
        // Given
        var soft = looks(60, 0.1, 0, 0.02);

        // When
        var softer = looks(12, 0.1, 0, 0.005);
        var clean = looks(4, 0.1, 0, 0.02);

        // Then
        assertThat(soft).containsOnly(Optional.empty());
        assertThat(softer.subList(0, 9)).containsOnly(Optional.empty());
        assertThat(softer.subList(9, 12)).containsOnly(Optional.of(SightTrouble.BLURRED));
        assertThat(clean.get(3)).isEmpty();
    }

    @Test
    void blurThatStaysIsNeverTheUsual() {
        // Given
        var sharp = looks(60, 0.1, 0, 0.1);

        // When
        var blurred = looks(10_000, 0.1, 0, 0.02);

        // Then
        assertThat(sharp.get(59)).isEmpty();
        assertThat(blurred.get(9_999)).contains(SightTrouble.BLURRED);
    }

    @Test
    void emptyBeltWithoutContrastIsNotBlurred() {
        // Given
        var items = looks(60, 0.1, 0, 0.1);

        // When
        var empty = looks(1_000, 0.1, 0, null);

        // Then
        assertThat(items.get(59)).isEmpty();
        assertThat(empty).containsOnly(Optional.empty());
    }

    @Test
    void samePictureAgainAndAgainIsFrozen() {
        // Given
        var same = new Sight(100, 0, 0, 0.1, 4_711);

        // When
        var troubles = IntStream.range(0, 6).mapToObj(look -> watch.look(same)).toList();
        var moving = looks(3, 0, 0, 0.1);

        // Then
        assertThat(troubles).map(Optional::isPresent).containsExactly(false, false, false, false, true, true);
        assertThat(troubles.get(5)).contains(SightTrouble.FROZEN);
        assertThat(moving.get(2)).isEmpty();
    }

    @Test
    void emptyBeltThatStandsIsNotFrozen() {
        // Given
        var troubles = new ArrayList<Optional<SightTrouble>>();

        // When
        for (int look = 0; look < 200; look++) {
            var values = new byte[160 * 90];
            for (int at = 0; at < values.length; at++) {
                // The noise that is left when 64 pixels have become one.
                values[at] = (byte) Math.round(80 + 0.1 * random.nextGaussian() + at % 160 / 50.0);
            }
            troubles.add(watch.look(Sight.of(new Luma(160, 90, values))));
        }

        // Then
        assertThat(troubles).containsOnly(Optional.empty());
    }

    @Test
    void allBlackIsDarkRatherThanFrozen() {
        // Given
        Sight black = Sight.of(new Luma(160, 90, new byte[160 * 90]));

        // When
        var troubles =
                IntStream.range(0, 20).mapToObj(look -> watch.look(black)).toList();

        // Then
        assertThat(troubles.get(19)).contains(SightTrouble.DARK);
    }

    @Test
    void realPicturesThatBecomeBlurredAreTold() {
        // Given
        List<BeltPhoto> photos = List.of(
                BeltPhoto.of("metal/metal-0001.jpg"),
                BeltPhoto.of("glass/glass-0001.jpg"),
                BeltPhoto.of("paper/paper-0001.jpg"));
        List<Sight> sharp = photos.stream().map(photo -> Sight.of(photo.luma())).toList();
        List<Sight> blurred =
                photos.stream().map(photo -> Sight.of(photo.blurred(8).luma())).toList();
        for (int look = 0; look < 60; look++) {
            watch.look(sharp.get(look % 3));
        }
        var before = watch.trouble();

        // When
        for (int look = 0; look < 12; look++) {
            watch.look(blurred.get(look % 3));
        }

        // Then
        assertThat(before).isEmpty();
        assertThat(watch.trouble()).contains(SightTrouble.BLURRED);
    }

    @Test
    void troubleIsToldInWords() {
        // When
        String told = SightTrouble.DARK.told("line-1/camera-1");

        // Then
        assertThat(told).isEqualTo("camera line-1/camera-1 sees black: is the light on, and the lens free?");
    }

    @Test
    void settingsThatAreNoneAreRefused() {
        // When
        var share = assertThatThrownBy(() -> new SightSettings(1.5, null, null, null, null, null));
        var looks = assertThatThrownBy(() -> new SightSettings(null, null, null, null, null, 1));

        // Then
        share.hasMessage("darkShare is 1.5: must be from 0 to 1");
        looks.hasMessage("frozenLooks is 1: must be from 2 to 3600");
    }

    private List<Optional<SightTrouble>> looks(int count, double black, double blownOut, @Nullable Double sharpness) {
        return IntStream.range(0, count)
                .mapToObj(look -> watch.look(new Sight(100, black, blownOut, sharpness, print++)))
                .toList();
    }
}
