// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sortline.classifier.image.ImageHeader.Format;
import dev.sortline.classifier.image.UnreadableImageException.Reason;
import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageHeaderTest {
    private static final byte[] JPEG = Pictures.jpeg(Pictures.plain(123, 45, Color.RED));
    private static final byte[] PNG = Pictures.png(Pictures.plain(321, 54, Color.RED));

    @Test
    void readsFormatAndDimensionsOfAJpeg() throws Exception {
        // When
        ImageHeader header = ImageHeader.read(JPEG);

        // Then
        assertThat(header).isEqualTo(new ImageHeader(Format.JPEG, 123, 45));
    }

    @Test
    void readsFormatAndDimensionsOfAPng() throws Exception {
        // When
        ImageHeader header = ImageHeader.read(PNG);

        // Then
        assertThat(header).isEqualTo(new ImageHeader(Format.PNG, 321, 54));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no bytes at all, '', EMPTY",
        "one byte, ff, UNKNOWN_FORMAT",
        "a GIF, 474946383961, UNKNOWN_FORMAT",
        "text, 68656c6c6f, UNKNOWN_FORMAT",
        "a JPEG's magic alone, ffd8ff, BAD_HEADER",
        "a JPEG of fill bytes only, ffd8ffffffffffff, BAD_HEADER",
        "a segment of length 0, ffd8ffe00000, BAD_HEADER",
        "a segment longer than the file, ffd8ffe0ffff00, BAD_HEADER",
        "a length that is cut off, ffd8ffe000, BAD_HEADER",
        "garbage where a marker must be, ffd8ffe0000200112233, BAD_HEADER",
        "a scan before the frame header, ffd8ffda0008, BAD_HEADER",
        "the end before the frame header, ffd8ffd9, BAD_HEADER",
        "a frame header of length 3, ffd8ffc0000308, BAD_HEADER",
        "a frame header that is cut off, ffd8ffc0001108, BAD_HEADER",
        "a JPEG of no width, ffd8ffc0000b0800100000010111, BAD_HEADER",
        "a JPEG of no height, ffd8ffc0000b0800000010010111, BAD_HEADER",
        "a JPEG of 12 bits, ffd8ffc1000b0c00100010010111, BAD_HEADER",
        "a JPEG of two components, ffd8ffc0000b0800100010020111, BAD_HEADER",
        "a PNG's signature alone, 89504e470d0a1a0a, BAD_HEADER",
        "a PNG that begins with another chunk, 89504e470d0a1a0a0000000d494441540000000100000001080200000000000000, BAD_HEADER",
        "a PNG of no width, 89504e470d0a1a0a0000000d494844520000000000000001080200000000000000, BAD_HEADER",
        "a PNG of negative height, 89504e470d0a1a0a0000000d4948445200000001ffffffff080200000000000000, BAD_HEADER"
    })
    void refusesWithTheReason(String what, String hex, Reason reason) {
        // Given
        byte[] image = HexFormat.of().parseHex(hex);

        // When
        Throwable refusal = catchThrowable(() -> ImageHeader.read(image));

        // Then
        assertThat(refusal).as(what).isInstanceOfSatisfying(UnreadableImageException.class, e -> assertThat(e.reason())
                .isEqualTo(reason));
    }

    @Test
    void skipsFillBytesAndMarkersWithoutLength() throws Exception {
        // Given
        byte[] image = HexFormat.of().parseHex("ffd8ffffff01ffd0ffc0000b0800200010010111");

        // When
        ImageHeader header = ImageHeader.read(image);

        // Then
        assertThat(header).isEqualTo(new ImageHeader(Format.JPEG, 16, 32));
    }

    @Test
    void endsInAnAnswerOrARefusalWhereverTheBytesEnd() {
        // Given
        int shortest = 1;

        // When
        Throwable failure = catchThrowable(() -> {
            for (int length = shortest; length < JPEG.length; length++) {
                readOrRefuse(Arrays.copyOf(JPEG, length));
            }
            for (int length = shortest; length < PNG.length; length++) {
                readOrRefuse(Arrays.copyOf(PNG, length));
            }
        });

        // Then
        assertThat(failure).isNull();
    }

    @Test
    void endsInAnAnswerOrARefusalWhateverTheBytesAre() {
        // Given
        Random random = new Random(7);

        // When
        Throwable failure = catchThrowable(() -> {
            for (int i = 0; i < 20_000; i++) {
                byte[] image = (i % 2 == 0 ? JPEG : PNG).clone();
                for (int hit = 0; hit < 8; hit++) {
                    image[3 + random.nextInt(Math.min(image.length, 300) - 3)] = (byte) random.nextInt();
                }
                readOrRefuse(image);
            }
        });

        // Then
        assertThat(failure).isNull();
    }

    @Test
    void saysHowAnUnknownFormatBegins() {
        // Given
        byte[] image = "DDS89a".getBytes(StandardCharsets.US_ASCII);

        // Then
        assertThatThrownBy(() -> ImageHeader.read(image))
                .hasMessage("image of 6 bytes is neither JPEG nor PNG: it begins with 44445338");
    }

    @ParameterizedTest
    @CsvSource({
        "524946462400000057454250565038, a WebP",
        "424d36000300, a BMP",
        "474946383961, a GIF",
        "49492a0008000000, a TIFF",
        "0000001c6674797068656963, an HEIC",
        "0000001c6674797061766966, an AVIF"
    })
    void namesTheTrueFormatOfWhatIsCalledAJpeg(String hex, String format) {
        // Given
        byte[] image = HexFormat.of().parseHex(hex);

        // Then
        assertThatThrownBy(() -> ImageHeader.read(image))
                .hasMessage("image of %d bytes is %s, whatever its name says: save it as JPEG or PNG"
                        .formatted(image.length, format));
    }

    @Test
    void skipsBytesBetweenSegmentsThatBelongToNone() throws Exception {
        // Given
        byte[] image = Pictures.with(JPEG, 20, new byte[] {0, 0x11, 'j', 'u', 'n', 'k', (byte) 0xFF, 0});

        // When
        ImageHeader header = ImageHeader.read(image);

        // Then
        assertThat(header).isEqualTo(new ImageHeader(Format.JPEG, 123, 45));
    }

    @Test
    void readsHowAPictureIsToBeTurned() throws Exception {
        // Given
        byte[] chunk = HexFormat.of()
                .parseHex("0000001a" + "65584966" + "49492a00080000000100120103000100000008000000" + "00000000"
                        + "00000000");

        // When
        ImageHeader jpeg = ImageHeader.read(Pictures.oriented(JPEG, 6));
        ImageHeader png = ImageHeader.read(Pictures.with(PNG, 33, chunk));

        // Then
        assertThat(jpeg.orientation()).isEqualTo(Orientation.QUARTER_RIGHT);
        assertThat(png.orientation()).isEqualTo(Orientation.QUARTER_LEFT);
    }

    private static void readOrRefuse(byte[] image) {
        try {
            assertThat(ImageHeader.read(image).width()).isPositive();
        } catch (UnreadableImageException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }
}
