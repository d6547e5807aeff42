// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.image.PictureRegion.Window;
import dev.sortline.classifier.image.UnreadableImageException.Reason;
import dev.sortline.classifier.integrity.CoarsePicture;
import dev.sortline.classifier.model.PixelScaling;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.types.TFloat32;

class ImageDecodingTest {
    private static final int SIZE = 32;
    private static final Color OCHRE = new Color(200, 120, 40);

    private static ImageDecoder decoder;

    @BeforeAll
    static void open() {
        decoder = new ImageDecoder(SIZE, PixelScaling.MINUS_ONE_TO_ONE, ImageBounds.DEFAULT, 1);
    }

    @AfterAll
    static void close() {
        decoder.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 32, 63, 64, 130, 256, 512})
    void givesTheColourOfAJpegWhateverItsSize(int side) throws Exception {
        // Given
        byte[] image = Pictures.jpeg(Pictures.plain(side, side + 3, OCHRE));

        // When
        try (PixelTensor decoded = decoder.decode(image)) {

            // Then
            assertThat(decoded.pixels().shape().asArray()).containsExactly(1, SIZE, SIZE, 3);
            assertPixel(decoded, 0, 0, OCHRE, 0.03);
            assertPixel(decoded, SIZE - 1, SIZE - 1, OCHRE, 0.03);
        }
    }

    @Test
    void pictureThatIsKnownIsNotDecoded() throws Exception {
        // Given
        byte[] image = Pictures.jpeg(Pictures.plain(64, 64, OCHRE));

        // When
        var known = decoder.decodeUnless(coarse -> coarse.level(0, 0, 0) > 100, image, PictureRegion.WHOLE);

        // Then
        assertThat(known).isEmpty();
    }

    @Test
    void onlyThePartThatIsLookedAtSaysWhetherAPictureIsKnown() throws Exception {
        // Given
        BufferedImage picture = Pictures.plain(128, 64, Color.WHITE);
        Graphics2D brush = picture.createGraphics();
        brush.setColor(Color.BLACK);
        brush.fillRect(0, 32, 128, 32);
        brush.dispose();
        byte[] lyingOnItsSide = Pictures.oriented(Pictures.jpeg(picture), 6);
        List<CoarsePicture> asked = new ArrayList<>();

        // When
        var known = decoder.decodeUnless(asked::add, lyingOnItsSide, new PictureRegion(0.5, 0, 0.5, 1));

        // Then
        assertThat(known).isEmpty();
        assertThat(asked.get(0).across()).isEqualTo(8);
        assertThat(asked.get(0).down()).isEqualTo(2);
        assertThat(asked.get(0).level(0, 0, 0)).isGreaterThan(240);
        assertThat(asked.get(0).level(0, 7, 1)).isGreaterThan(240);
    }

    @Test
    void pictureThatIsNotKnownIsDecodedAsEver() throws Exception {
        // Given
        byte[] image = Pictures.jpeg(Pictures.scene(64, 64, 1));

        // When
        try (PixelTensor ever = decoder.decode(image);
                DecodedImage decoded = decoder.decodeUnless(coarse -> false, image, PictureRegion.WHOLE)
                        .orElseThrow()) {

            // Then
            assertThat(((PixelTensor) decoded).values()).isEqualTo(ever.values());
        }
    }

    @Test
    void pictureWithoutACoarseOneIsNotAskedFor() throws Exception {
        // Given
        byte[] png = Pictures.png(Pictures.plain(64, 64, OCHRE));
        byte[] progressive = Pictures.progressiveJpeg(Pictures.scene(64, 64, 1));

        // When
        try (DecodedImage first = decoder.decodeUnless(coarse -> true, png, PictureRegion.WHOLE)
                        .orElseThrow();
                DecodedImage second = decoder.decodeUnless(coarse -> true, progressive, PictureRegion.WHOLE)
                        .orElseThrow()) {

            // Then
            assertThat(first).isNotNull();
            assertThat(second).isNotNull();
        }
    }

    @Test
    void damagedPictureIsRefusedWhateverIsKnown() {
        // Given
        byte[] image = Pictures.jpeg(Pictures.scene(640, 480, 1));
        byte[] cut = Arrays.copyOf(image, image.length / 2);

        // When
        var refused = catchThrowableOfType(
                UnreadableImageException.class, () -> decoder.decodeUnless(coarse -> true, cut, PictureRegion.WHOLE));

        // Then
        assertThat(refused.reason()).isEqualTo(Reason.CORRUPT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 63, 64, 130})
    void givesTheColourOfAPngWhateverItsSize(int side) throws Exception {
        // Given
        byte[] image = Pictures.png(Pictures.plain(side, side + 3, OCHRE));

        // When
        try (PixelTensor decoded = decoder.decode(image)) {

            // Then
            assertPixel(decoded, 5, 7, OCHRE, 1e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"48, 40", "20, 20", "33, 61"})
    void resizesAsTheReferenceDoes(int width, int height) throws Exception {
        // Given
        BufferedImage picture = Pictures.noise(width, height, 3);

        // When
        try (PixelTensor decoded = decoder.decode(Pictures.png(picture))) {

            // Then
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    for (int channel = 0; channel < 3; channel++) {
                        assertThat((double) decoded.pixels().getFloat(0, y, x, channel))
                                .isCloseTo(bilinear(picture, x, y, channel) / 127.5 - 1, within(1e-3));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {70, 140, 300})
    void shrinksAJpegWhileDecodingToWhatAPngGives(int side) throws Exception {
        // Given
        BufferedImage picture = Pictures.gradient(side, side);

        // When
        try (PixelTensor jpeg = decoder.decode(Pictures.jpeg(picture));
                PixelTensor png = decoder.decode(Pictures.png(picture))) {

            // Then
            assertThat(meanDifference(jpeg.pixels(), png.pixels())).isLessThan(0.04);
        }
    }

    @ParameterizedTest
    @CsvSource({"40, 36", "128, 96", "280, 300", "701, 530", "1201, 900"})
    void partOfAJpegIsWhatThatPartAloneWouldBe(int width, int height) throws Exception {
        // Given
        BufferedImage picture = Pictures.scene(width, height, 3);
        var region = new PictureRegion(0.25, 0.125, 0.5, 0.625);
        Window part = region.in(width, height);
        BufferedImage alone = picture.getSubimage(part.x(), part.y(), part.width(), part.height());

        // When
        try (PixelTensor jpeg = decoder.decode(Pictures.jpeg(picture), region);
                PixelTensor png = decoder.decode(Pictures.png(picture), region);
                PixelTensor expected = decoder.decode(Pictures.png(alone))) {

            // Then
            assertThat(meanDifference(png.pixels(), expected.pixels())).isLessThan(1e-6);
            assertThat(meanDifference(jpeg.pixels(), expected.pixels())).isLessThan(0.06);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 8})
    void partIsThatOfTheUprightPicture(int orientation) throws Exception {
        // Given
        byte[] image = Pictures.oriented(Pictures.jpeg(Pictures.scene(160, 160, 3)), orientation);
        var lowerRight = new PictureRegion(0.5, 0.5, 0.5, 0.5);

        // When
        try (PixelTensor part = decoder.decode(image, lowerRight);
                PixelTensor whole = decoder.decode(image)) {

            // Then
            assertThat(mean(part, 0, 0, SIZE)).isCloseTo(mean(whole, SIZE / 2, SIZE / 2, SIZE / 2), within(0.05));
        }
    }

    @Test
    void smallestPartOfAPictureIsAPixel() throws Exception {
        // Given
        byte[] image = Pictures.png(Pictures.corners(2, 2));

        // When
        try (PixelTensor decoded = decoder.decode(image, new PictureRegion(0.9, 0.9, 0.05, 0.05))) {

            // Then
            assertPixel(decoded, 0, 0, Color.BLUE, 1e-5);
            assertPixel(decoded, SIZE - 1, SIZE - 1, Color.BLUE, 1e-5);
        }
    }

    @Test
    void makesThreeChannelsOfAGreyJpeg() throws Exception {
        // Given
        byte[] image = Pictures.jpeg(Pictures.plain(40, 40, BufferedImage.TYPE_BYTE_GRAY, new Color(100, 100, 100)));

        // When
        try (PixelTensor decoded = decoder.decode(image)) {

            // Then
            float[] pixel = pixel(decoded, 3, 3);
            assertThat(pixel[0]).isEqualTo(pixel[1]).isEqualTo(pixel[2]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_BYTE_BINARY})
    void makesThreeChannelsOfAGreyPng(int type) throws Exception {
        // Given
        byte[] image = Pictures.png(Pictures.plain(40, 40, type, Color.WHITE));

        // When
        try (PixelTensor decoded = decoder.decode(image)) {

            // Then
            assertPixel(decoded, 3, 3, Color.WHITE, 1e-5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_BYTE_INDEXED})
    void dropsAlphaAndLooksUpPalettes(int type) throws Exception {
        // Given
        byte[] image = Pictures.png(Pictures.plain(40, 40, type, Color.RED));

        // When
        try (PixelTensor decoded = decoder.decode(image)) {

            // Then
            assertPixel(decoded, 3, 3, Color.RED, 1e-5);
        }
    }

    @Test
    void makesThreeChannelsOfACmykJpeg() throws Exception {
        // Given
        byte[] image = Pictures.cmykJpeg(40, 40);

        // When
        try (PixelTensor decoded = decoder.decode(image)) {

            // Then
            float[] pixel = pixel(decoded, 3, 3);
            assertThat(List.of(pixel[0], pixel[1], pixel[2])).allMatch(value -> value >= -1 && value <= 1);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.6, 0.9, 0.99})
    void refusesAJpegThatIsCutOff(double share) {
        // Given
        byte[] whole = Pictures.jpeg(Pictures.noise(200, 150, 5));
        byte[] image = Arrays.copyOf(whole, (int) (whole.length * share));

        // When
        UnreadableImageException refusal =
                catchThrowableOfType(UnreadableImageException.class, () -> decoder.decode(image));

        // Then
        assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(refusal)
                .hasMessageStartingWith(
                        "JPEG of 200x150 in %d bytes cannot be decoded: cut off or damaged".formatted(image.length));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.95})
    void refusesAPngThatIsCutOff(double share) {
        // Given
        byte[] whole = Pictures.png(Pictures.noise(200, 150, 5));
        byte[] image = Arrays.copyOf(whole, (int) (whole.length * share));

        // When
        UnreadableImageException refusal =
                catchThrowableOfType(UnreadableImageException.class, () -> decoder.decode(image));

        // Then
        assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void refusesAPngWhosePixelsWereChanged() {
        // Given
        byte[] image = Pictures.png(Pictures.noise(60, 60, 5));
        image[image.length / 2] ^= 0x55;

        // When
        UnreadableImageException refusal =
                catchThrowableOfType(UnreadableImageException.class, () -> decoder.decode(image));

        // Then
        assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void refusesAJpegThatIsDamagedInItsMiddle() {
        // Given
        byte[] image = Pictures.jpeg(Pictures.scene(512, 384, 5));
        Arrays.fill(image, image.length / 2, image.length / 2 + 512, (byte) 0);

        // When
        UnreadableImageException refusal =
                catchThrowableOfType(UnreadableImageException.class, () -> decoder.decode(image));

        // Then
        assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void takesBytesThatEveryViewerSkips() throws Exception {
        // Given
        byte[] whole = Pictures.jpeg(Pictures.scene(512, 384, 5));
        byte[] image = Pictures.with(Pictures.with(whole, whole.length - 2, new byte[] {0x12, 0x34}), 20, new byte[] {
            0, 0x11, 'j', 'u', 'n', 'k', (byte) 0xFF, 0
        });

        // When
        try (PixelTensor decoded = decoder.decode(image);
                PixelTensor expected = decoder.decode(whole)) {

            // Then
            assertThat(meanDifference(decoded.pixels(), expected.pixels())).isZero();
        }
    }

    /** What lies in the upright picture's corners, clockwise from the top left; the stored one has red, green, blue and white there. */
    @ParameterizedTest
    @CsvSource({"1, RGBW", "2, GRWB", "3, BWRG", "4, WBGR", "5, RWBG", "6, WRGB", "7, BGRW", "8, GBWR"})
    void turnsAPictureAsItsFileSays(int orientation, String corners) throws Exception {
        // Given
        byte[] image = Pictures.oriented(Pictures.jpeg(Pictures.corners(96, 64)), orientation);

        // When
        PictureDecoder.Pixels trained;
        try (PixelTensor decoded = decoder.decode(image);
                PictureDecoder training = new PictureDecoder(SIZE, ImageBounds.DEFAULT)) {
            trained = training.decode(image);

            // Then
            int far = SIZE - 3;
            assertThat(nameOf(decoded, 2, 2)
                            + nameOf(decoded, far, 2)
                            + nameOf(decoded, far, far)
                            + nameOf(decoded, 2, far))
                    .isEqualTo(corners);
            assertThat(trained.width() > trained.height()).isEqualTo(orientation < 5);
            assertThat((trained.rgb()[0] & 0xFF) > 128).isEqualTo("RW".contains(corners.substring(0, 1)));
        }
    }

    /** The training squeezes what it reads bilinearly, with pixel centres at halves, as {@link #bilinear} does. */
    @ParameterizedTest
    @ValueSource(strings = {"png", "large png", "alpha", "grey", "16 bit", "palette", "turned", "jpeg", "large jpeg"})
    void readsForTrainingWhatItReadsForServing(String kind) throws Exception {
        // Given
        byte[] image = Pictures.ofKind(kind);

        // When
        try (PixelTensor served = decoder.decode(image);
                PictureDecoder training = new PictureDecoder(SIZE, ImageBounds.DEFAULT)) {
            PictureDecoder.Pixels trained = training.decode(image);
            BufferedImage picture = Pictures.of(trained);

            // Then
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    for (int channel = 0; channel < 3; channel++) {
                        assertThat((double) served.pixels().getFloat(0, y, x, channel))
                                .isCloseTo(bilinear(picture, x, y, channel) / 127.5 - 1, within(0.6 / 127.5));
                    }
                }
            }
        }
    }

    @Test
    void survivesWhateverIsDoneToAnImage() {
        // Given
        byte[] jpeg = Pictures.jpeg(Pictures.noise(64, 48, 5));
        byte[] png = Pictures.png(Pictures.gradient(64, 48));
        Random random = new Random(11);

        // Then
        assertThatCode(() -> {
                    for (int i = 0; i < 1500; i++) {
                        byte[] image = (i % 2 == 0 ? jpeg : png).clone();
                        for (int hit = 0; hit <= random.nextInt(6); hit++) {
                            image[random.nextInt(image.length)] = (byte) random.nextInt();
                        }
                        decodeOrRefuse(
                                random.nextInt(3) == 0 ? Arrays.copyOf(image, random.nextInt(image.length)) : image);
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void refusesABombByItsHeader() {
        // Given
        byte[] image = Pictures.png(Pictures.plain(10, 10, Color.RED));
        image[16] = 0x7F;

        // When
        UnreadableImageException refusal =
                catchThrowableOfType(UnreadableImageException.class, () -> decoder.decode(image));

        // Then
        assertThat(refusal.reason()).isEqualTo(Reason.TOO_MANY_PIXELS);
    }

    @Test
    void closesAnImageTwiceWithoutHarm() throws Exception {
        // Given
        PixelTensor decoded = decoder.decode(Pictures.png(Pictures.plain(10, 10, Color.RED)));
        decoded.close();

        // Then
        assertThatCode(decoded::close).doesNotThrowAnyException();
    }

    private static void decodeOrRefuse(byte[] image) {
        try {
            decoder.decode(image).close();
        } catch (UnreadableImageException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }

    private static String nameOf(PixelTensor decoded, int x, int y) {
        float[] pixel = pixel(decoded, x, y);
        if (pixel[0] > 0 && pixel[1] > 0) {
            return "W";
        }
        return pixel[0] > 0 ? "R" : pixel[1] > 0 ? "G" : "B";
    }

    private static float[] pixel(PixelTensor decoded, int x, int y) {
        TFloat32 pixels = decoded.pixels();
        return new float[] {pixels.getFloat(0, y, x, 0), pixels.getFloat(0, y, x, 1), pixels.getFloat(0, y, x, 2)};
    }

    private static void assertPixel(PixelTensor decoded, int x, int y, Color colour, double tolerance) {
        float[] pixel = pixel(decoded, x, y);
        assertThat((double) pixel[0]).isCloseTo(colour.getRed() / 127.5 - 1, within(tolerance));
        assertThat((double) pixel[1]).isCloseTo(colour.getGreen() / 127.5 - 1, within(tolerance));
        assertThat((double) pixel[2]).isCloseTo(colour.getBlue() / 127.5 - 1, within(tolerance));
    }

    private static double meanDifference(TFloat32 one, TFloat32 other) {
        double sum = 0;
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    sum += Math.abs(one.getFloat(0, y, x, channel) - other.getFloat(0, y, x, channel));
                }
            }
        }
        return sum / (SIZE * SIZE * 3);
    }

    /** The reference: bilinear interpolation with pixel centres at halves, edges continued. */
    private static double bilinear(BufferedImage picture, int x, int y, int channel) {
        double atX = Math.max(0, (x + 0.5) * picture.getWidth() / SIZE - 0.5);
        double atY = Math.max(0, (y + 0.5) * picture.getHeight() / SIZE - 0.5);
        int left = (int) atX;
        int top = (int) atY;
        int right = Math.min(left + 1, picture.getWidth() - 1);
        int bottom = Math.min(top + 1, picture.getHeight() - 1);
        double ofX = atX - left;
        double ofY = atY - top;
        return (value(picture, left, top, channel) * (1 - ofX) + value(picture, right, top, channel) * ofX) * (1 - ofY)
                + (value(picture, left, bottom, channel) * (1 - ofX) + value(picture, right, bottom, channel) * ofX)
                        * ofY;
    }

    private static int value(BufferedImage picture, int x, int y, int channel) {
        return picture.getRGB(x, y) >> (16 - 8 * channel) & 0xFF;
    }

    /** Of all values in a square of so many pixels. */
    private static double mean(PixelTensor decoded, int x, int y, int side) {
        double sum = 0;
        for (int row = y; row < y + side; row++) {
            for (int column = x; column < x + side; column++) {
                for (int channel = 0; channel < 3; channel++) {
                    sum += decoded.pixels().getFloat(0, row, column, channel);
                }
            }
        }
        return sum / (3.0 * side * side);
    }
}
