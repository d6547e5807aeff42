// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sortline.classifier.image.Pictures;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegIntegrityTest {
    private static final Path BELT = Path.of("../samples/belt");

    @Test
    void findsNothingInPicturesOffTheBelt() throws IOException {
        // Given
        List<Path> files = belt();

        // When
        List<Path> refused = new ArrayList<>();
        for (Path file : files) {
            if (JpegIntegrity.damage(Files.readAllBytes(file)).isPresent()) {
                refused.add(file);
            }
        }

        // Then
        assertThat(files).hasSizeGreaterThan(100);
        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 33, 64, 130, 511})
    void findsNothingInWholePicturesOfAnySideAndKind(int side) {
        // Given
        BufferedImage scene = Pictures.scene(side + 2, side, 1);

        // Then
        assertThat(JpegIntegrity.damage(Pictures.jpeg(scene))).isEmpty();
        assertThat(JpegIntegrity.damage(Pictures.progressiveJpeg(scene))).isEmpty();
        assertThat(JpegIntegrity.damage(Pictures.progressiveJpeg(Pictures.noise(side, side, 3))))
                .isEmpty();
        assertThat(JpegIntegrity.damage(
                        Pictures.jpeg(Pictures.plain(side, side, BufferedImage.TYPE_BYTE_GRAY, Color.GRAY))))
                .isEmpty();
        assertThat(JpegIntegrity.damage(Pictures.cmykJpeg(side, side))).isEmpty();
    }

    @Test
    void findsNearlyAllDamageOfASectorAndMostOfAFewBytes() throws IOException {
        // Given
        Random random = new Random(7);
        List<Path> files = belt();

        // When
        int sectors = 0;
        int lost = 0;
        int few = 0;
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            int at = whole.length / 5 + random.nextInt(whole.length / 2);
            sectors += JpegIntegrity.damage(zeroed(whole, at, 512)).isPresent() ? 1 : 0;
            lost += JpegIntegrity.damage(without(whole, at, 1400)).isPresent() ? 1 : 0;
            few += JpegIntegrity.damage(noisy(whole, at, 16, random)).isPresent() ? 1 : 0;
        }

        // Then
        assertThat(sectors).isGreaterThan(files.size() * 9 / 10);
        assertThat(lost).isGreaterThan(files.size() * 9 / 10);
        assertThat(few).isGreaterThan(files.size() / 2);
    }

    @Test
    void findsAPictureThatGoesOnInAnotherBrightness() throws IOException {
        // Given
        byte[] image = Files.readAllBytes(BELT.resolve("cardboard/cardboard-0001.jpg"));
        byte[] shifted = stillDecodableButShifted(image);

        // Then
        assertThat(JpegIntegrity.damage(shifted))
                .hasValue("its blocks are all lighter or darker by the same amount from some place on");
    }

    @Test
    void findsDamageOfAProgressiveJpeg() {
        // Given
        byte[] image = Pictures.progressiveJpeg(Pictures.scene(512, 384, 4));

        // Then
        assertThat(JpegIntegrity.damage(without(image, image.length / 2, 600))).isPresent();
        assertThat(JpegIntegrity.damage(zeroed(image, image.length / 3, 600))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 40})
    void takesBytesThatBelongToNothingBeforeTheEnd(int count) {
        // Given
        byte[] image = Pictures.jpeg(Pictures.scene(512, 384, 4));

        // When
        byte[] longer = Pictures.with(image, image.length - 2, new byte[count]);

        // Then
        assertThat(JpegIntegrity.damage(longer)).isEmpty();
    }

    @Test
    void refusesMoreScansThanAnyPictureHas() {
        // Given
        byte[] image = Pictures.progressiveJpeg(Pictures.plain(16, 16, Color.GRAY));
        int scan = lastScan(image);
        byte[] bomb = image;
        for (int i = 0; i < 120; i++) {
            bomb = Pictures.with(bomb, scan, Arrays.copyOfRange(image, scan, image.length - 2));
        }

        // Then
        assertThat(JpegIntegrity.damage(bomb)).hasValue("it has more than 100 scans");
    }

    @Test
    void endsInAnAnswerWhateverTheBytesAre() {
        // Given
        Random random = new Random(3);
        byte[] baseline = Pictures.jpeg(Pictures.scene(200, 100, 4));
        byte[] progressive = Pictures.progressiveJpeg(Pictures.scene(200, 100, 4));

        // Then
        assertThatCode(() -> {
                    for (int i = 0; i < 6000; i++) {
                        byte[] image = noisy(
                                i % 2 == 0 ? baseline : progressive,
                                2 + random.nextInt(900),
                                random.nextInt(9),
                                random);
                        JpegIntegrity.damage(Arrays.copyOf(image, 3 + random.nextInt(image.length)));
                    }
                })
                .doesNotThrowAnyException();
    }

    /** Zeroes four bytes somewhere so that the code stays in step, and the blocks after it are shifted. */
    private static byte[] stillDecodableButShifted(byte[] image) {
        for (int at = image.length / 5; at < image.length / 2; at++) {
            byte[] damaged = zeroed(image, at, 4);
            if (JpegIntegrity.damage(damaged)
                    .filter(what -> what.contains("lighter"))
                    .isPresent()) {
                return damaged;
            }
        }
        throw new AssertionError("no such place");
    }

    private static int lastScan(byte[] image) {
        int at = image.length - 2;
        while (image[at] != (byte) 0xFF || image[at + 1] != (byte) 0xDA) {
            at--;
        }
        return at;
    }

    private static List<Path> belt() throws IOException {
        try (Stream<Path> files = Files.walk(BELT)) {
            return files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] zeroed(byte[] whole, int at, int count) {
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, at, Math.min(at + count, whole.length - 2), (byte) 0);
        return damaged;
    }

    private static byte[] noisy(byte[] whole, int at, int count, Random random) {
        byte[] damaged = whole.clone();
        for (int i = at; i < Math.min(at + count, whole.length - 2); i++) {
            damaged[i] = (byte) random.nextInt();
        }
        return damaged;
    }

    private static byte[] without(byte[] whole, int at, int count) {
        byte[] shorter = new byte[whole.length - count];
        System.arraycopy(whole, 0, shorter, 0, at);
        System.arraycopy(whole, at + count, shorter, at, shorter.length - at);
        return shorter;
    }
}
