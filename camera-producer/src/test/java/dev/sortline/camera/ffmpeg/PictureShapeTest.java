// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.picture.Region;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.time.CaptureTime;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureShapeTest {
    private static final CaptureTime TAKEN = CaptureTime.ofArrival(Instant.EPOCH, Duration.ZERO);

    @Test
    void pictureOfWhichNothingIsAskedKeepsItsBytes() throws CameraFault {
        // Given
        Picture picture = jpeg(640, 480);
        try (PictureShape shape = PictureShape.open(PictureShapeSettings.UNTOUCHED)) {

            // When
            Optional<Picture> shaped = shape.shape(picture);

            // Then
            assertThat(shaped).hasValueSatisfying(same -> assertThat(same).isSameAs(picture));
        }
    }

    @Test
    void pictureThatIsSmallEnoughKeepsItsBytes() throws CameraFault {
        // Given
        Picture picture = jpeg(640, 480);
        try (PictureShape shape = PictureShape.open(new PictureShapeSettings(640, null, null, null))) {

            // When
            Optional<Picture> shaped = shape.shape(picture);

            // Then
            assertThat(shaped).hasValueSatisfying(same -> assertThat(same).isSameAs(picture));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1280, 720, 640, 640, 360",
        "1280, 720, 100, 100, 56",
        "1281, 721, 1000, 1000, 563",
        "480, 1920, 320, 80, 320"
    })
    void pictureIsMadeSmallerAndStaysAsBright(int width, int height, int maxEdge, int newWidth, int newHeight)
            throws CameraFault {
        // Given
        Picture picture = jpeg(width, height);
        try (PictureShape shape = PictureShape.open(new PictureShapeSettings(maxEdge, 95, null, null))) {

            // When
            Picture shaped = shape.shape(picture).orElseThrow();

            // Then
            BufferedImage image = Painted.read(shaped.bytes());
            assertThat(image.getWidth()).isEqualTo(newWidth);
            assertThat(image.getHeight()).isEqualTo(newHeight);
            assertThat(Painted.brightness(image, 0.25, 0.5)).isBetween(17, 23);
            assertThat(Painted.brightness(image, 0.75, 0.25)).isBetween(117, 123);
            assertThat(Painted.brightness(image, 0.75, 0.75)).isBetween(217, 223);
            assertThat(shaped.captured()).isSameAs(TAKEN);
        }
    }

    @ParameterizedTest
    @CsvSource({"90, 481, 641, 0.25, 0.75", "180, 641, 481, 0.25, 0.25", "270, 481, 641, 0.75, 0.25"})
    void pictureIsTurnedClockwise(int rotate, int width, int height, double x, double y) throws CameraFault {
        // Given
        Picture picture = jpeg(641, 481);
        try (PictureShape shape = PictureShape.open(new PictureShapeSettings(null, null, null, rotate))) {

            // When
            Picture shaped = shape.shape(picture).orElseThrow();

            // Then
            BufferedImage image = Painted.read(shaped.bytes());
            assertThat(image.getWidth()).isEqualTo(width);
            assertThat(image.getHeight()).isEqualTo(height);
            assertThat(Painted.brightness(image, x, y)).isBetween(215, 225);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png"})
    void pictureIsCroppedToWhatTheCameraSawThere(String format) throws CameraFault {
        // Given
        var picture = new Picture(
                Painted.written(Painted.quarters(640, 480, 20, 120, 220), format), "image/" + format, TAKEN);
        var lowerRight = new Region(0.55, 0.55, 0.4, 0.4);
        try (PictureShape shape = PictureShape.open(new PictureShapeSettings(null, null, lowerRight, null))) {

            // When
            Picture shaped = shape.shape(picture).orElseThrow();

            // Then
            BufferedImage image = Painted.read(shaped.bytes());
            assertThat(shaped.contentType()).isEqualTo(Picture.JPEG);
            assertThat(image.getWidth()).isEqualTo(256);
            assertThat(image.getHeight()).isEqualTo(192);
            assertThat(Painted.brightness(image, 0.02, 0.02)).isBetween(215, 225);
        }
    }

    @Test
    void tinyPartOfATinyPictureIsStillAPicture() throws CameraFault {
        // Given
        Picture picture = jpeg(8, 8);
        var corner = new Region(0.999, 0.999, 0.001, 0.001);
        try (PictureShape shape = PictureShape.open(new PictureShapeSettings(16, 50, corner, 90))) {

            // When
            Picture shaped = shape.shape(picture).orElseThrow();

            // Then
            assertThat(Painted.read(shaped.bytes()).getWidth()).isEqualTo(1);
        }
    }

    @Test
    void damageIsNotHiddenInAWholeJpeg() throws CameraFault {
        // Given
        byte[] whole = jpeg(640, 480).bytes();
        var half = new Picture(Arrays.copyOf(whole, whole.length / 2), Picture.JPEG, TAKEN);
        var none = new Picture(new byte[100], Picture.JPEG, TAKEN);
        try (PictureShape shape = PictureShape.open(new PictureShapeSettings(320, null, null, null))) {

            // When
            Optional<Picture> shaped = shape.shape(half).or(() -> shape.shape(none));

            // Then
            assertThat(shaped).isEmpty();
        }
    }

    @Test
    void higherQualityTakesMoreBytes() throws CameraFault {
        // Given
        var picture = new Picture(Painted.noisyJpeg(640, 480), Picture.JPEG, TAKEN);
        try (PictureShape coarse = PictureShape.open(new PictureShapeSettings(null, 20, null, null));
                PictureShape fine = PictureShape.open(new PictureShapeSettings(null, 95, null, null))) {

            // When
            int more = fine.shape(picture).orElseThrow().bytes().length
                    - coarse.shape(picture).orElseThrow().bytes().length;

            // Then
            assertThat(more).isPositive();
        }
    }

    private static Picture jpeg(int width, int height) {
        return new Picture(Painted.jpeg(width, height), Picture.JPEG, TAKEN);
    }
}
