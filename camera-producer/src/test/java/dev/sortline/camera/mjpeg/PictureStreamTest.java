// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.HandClock;
import dev.sortline.camera.Jpegs;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.source.PictureSink.Unusable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureStreamTest {
    private static final byte[] FIRST = Jpegs.small(1);
    private static final byte[] SECOND = Jpegs.small(2);
    private static final byte[] THIRD = Jpegs.small(3);
    private static final byte[] PNG = Jpegs.png(1);

    /** What the head of the answer says, and what then comes. */
    static Stream<Arguments> waysOfCameras() {
        return Stream.of(
                way(
                        "as the standard has it",
                        "myboundary",
                        new Parts().whole(FIRST).whole(SECOND)),
                way(
                        "told with its dashes",
                        "--myboundary",
                        new Parts().whole(FIRST).whole(SECOND)),
                way("told not at all", "", new Parts().whole(FIRST).whole(SECOND)),
                way("told as another one", "other", new Parts().whole(FIRST).whole(SECOND)),
                way(
                        "written without its dashes",
                        "myboundary",
                        parts("myboundary\r\nContent-Type: image/jpeg\r\n\r\n", "\r\n")),
                way(
                        "with dashes behind, as some have it",
                        "--video boundary--",
                        parts("--video boundary--\r\nContent-length: 5\r\n\r\n", "\r\n")),
                way("without lengths", "myboundary", parts("--myboundary\r\nContent-Type: image/jpeg\r\n\r\n", "\r\n")),
                way(
                        "with lengths too small",
                        "myboundary",
                        parts("--myboundary\r\nContent-Length: 10\r\n\r\n", "\r\n")),
                way(
                        "with lengths too large",
                        "myboundary",
                        parts("--myboundary\r\nContent-Length: 99999\r\n\r\n", "\r\n")),
                way(
                        "with lengths that are none",
                        "myboundary",
                        parts("--myboundary\r\nContent-Length: -1\r\n\r\n", "\r\n")),
                way("lines end with LF alone", "myboundary", parts("--myboundary\nContent-Type: image/jpeg\n\n", "\n")),
                way(
                        "no line's end before the delimiter",
                        "myboundary",
                        parts("--myboundary\r\nContent-Type: image/jpeg\r\n\r\n", "")),
                way(
                        "zeros behind each picture",
                        "myboundary",
                        parts("--myboundary\r\nContent-Type: image/jpeg\r\n\r\n", "\0\0\0\0\r\n")),
                way(
                        "zeros right before the delimiter",
                        "myboundary",
                        parts("--myboundary\r\nContent-Type: image/jpeg\r\n\r\n", "\0\0\0\0")),
                way("heads without a line", "myboundary", parts("--myboundary\r\n\r\n", "\r\n")),
                way(
                        "heads without an end",
                        "myboundary",
                        parts("--myboundary\r\nContent-Type: image/jpeg\r\n", "\r\n")),
                way(
                        "two empty lines before the first",
                        "myboundary",
                        new Parts().text("\r\n\r\n").whole(FIRST).whole(SECOND)),
                way(
                        "a preamble",
                        "myboundary",
                        new Parts()
                                .text("This is for mail programs.\r\n\r\n")
                                .whole(FIRST)
                                .whole(SECOND)),
                way(
                        "an end that is told",
                        "myboundary",
                        new Parts().whole(FIRST).whole(SECOND).text("--myboundary--\r\n")),
                way("no parts at all", "", new Parts().raw(FIRST).raw(SECOND)));
    }

    private static Arguments way(String name, String told, Parts parts) {
        return Arguments.of(name, told, parts.bytes());
    }

    private static Parts parts(String before, String after) {
        return new Parts()
                .text(before)
                .raw(FIRST)
                .text(after)
                .text(before)
                .raw(SECOND)
                .text(after);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysOfCameras")
    void picturesComeWholeHoweverTheCameraWritesItsParts(String name, String told, byte[] sent) throws IOException {
        for (int piece : new int[] {1, 7, 100_000}) {
            // Given
            var stream = stream(Parts.inPieces(sent, piece), told);

            // When
            List<Object> found = all(stream);

            // Then
            assertThat(found).containsExactly(sent(FIRST), sent(SECOND));
        }
    }

    @Test
    void streamThatIsCutAnywhereGivesWhatWasWholeAndCountsTheRestOnce() throws IOException {
        byte[] sent = new Parts().whole(FIRST).whole(SECOND).bytes();
        int firstBegins = new Parts().whole(FIRST).bytes().length - FIRST.length - 2;
        int secondBegins = sent.length - SECOND.length - 2;
        for (int length = 0; length <= sent.length; length++) {
            // Given
            var stream = stream(new ByteArrayInputStream(sent, 0, length), Parts.BOUNDARY);

            // When
            List<Object> found = all(stream);

            // Then
            List<Object> expected = new ArrayList<>();
            add(expected, FIRST, length - firstBegins);
            add(expected, SECOND, length - secondBegins);
            assertThat(found).as("of %d bytes", length).containsExactly(expected.toArray());
        }
    }

    /** Two bytes alone may be anything. */
    private static void add(List<Object> expected, byte[] picture, int there) {
        if (there >= picture.length) {
            expected.add(sent(picture));
        } else if (there > 2) {
            expected.add(Unusable.CUT);
        }
    }

    @Test
    void everyPictureIsWholeOrCountedWhereverOneIsCut() throws IOException {
        for (int length = 3; length < FIRST.length; length++) {
            // Given
            var stream = stream(new Parts()
                    .whole(THIRD)
                    .whole(Arrays.copyOf(FIRST, length))
                    .whole(SECOND)
                    .whole(THIRD));

            // When
            List<Object> found = all(stream);

            // Then
            assertThat(found)
                    .as("cut at %d", length)
                    .containsExactly(sent(THIRD), Unusable.CUT, sent(SECOND), sent(THIRD));
        }
    }

    @Test
    void endOfAThumbnailIsNotTakenForThePictures() throws IOException {
        // Given
        byte[] exif = new Parts().text("Exif\0\0").raw(SECOND).bytes();
        byte[] withThumbnail = new Parts()
                .raw(Arrays.copyOf(FIRST, 2))
                .raw(new byte[] {(byte) 0xFF, (byte) 0xE1, (byte) ((exif.length + 2) >> 8), (byte) (exif.length + 2)})
                .raw(exif)
                .raw(Arrays.copyOfRange(FIRST, 2, FIRST.length))
                .bytes();
        var stream = stream(new Parts().whole(withThumbnail).whole(THIRD));

        // When
        List<Object> found = all(stream);

        // Then
        assertThat(found).containsExactly(sent(withThumbnail), sent(THIRD));
    }

    @Test
    void pictureWithoutHuffmanTablesIsGivenThem() throws IOException {
        // Given
        var stream = stream(new Parts().whole(Jpegs.withoutTables(FIRST)));

        // When
        List<Object> found = all(stream);

        // Then
        assertThat(Jpegs.pixels(((Sent) found.get(0)).bytes())).isEqualTo(Jpegs.pixels(FIRST));
    }

    @Test
    void pictureOfBrokenStructureEndsAtTheDelimiterWhereItsEndStands() throws IOException {
        // Given
        byte[] broken = new Parts()
                .raw(Arrays.copyOf(FIRST, 20))
                .text("garbage")
                .raw(Arrays.copyOfRange(FIRST, 20, FIRST.length))
                .bytes();
        var stream = stream(new Parts().whole(broken).whole(SECOND));

        // When
        List<Object> found = all(stream);

        // Then
        assertThat(found).containsExactly(sent(broken), sent(SECOND));
    }

    @ParameterizedTest
    @ValueSource(ints = {5 << 20, 20 << 20})
    void pictureThatIsTooLargeIsCountedOnceAndNotKept(int bytes) throws IOException {
        // Given
        byte[] large = Arrays.copyOf(FIRST, bytes);
        large[FIRST.length - 1] = 0;
        large[bytes - 2] = (byte) 0xFF;
        large[bytes - 1] = (byte) 0xD9;
        var stream = stream(new Parts().whole(large).whole(SECOND));

        // When
        List<Object> found = all(stream);

        // Then
        assertThat(found).containsExactly(Unusable.TOO_LARGE, sent(SECOND));
        assertThat(stream.windowBytes()).isLessThanOrEqualTo(Picture.MAX_BYTES + (64 << 10));
    }

    @Test
    void partsThatHoldNoPictureAreCounted() throws IOException {
        // Given
        var stream = stream(new Parts()
                .text("--myboundary\r\nContent-Type: text/plain\r\n\r\nThe camera is busy.\r\nTry again.\r\n")
                .whole(FIRST)
                .text("--myboundary\r\nContent-Type: text/plain\r\n\r\nThe camera is busy.\r\n"));

        // When
        List<Object> found = all(stream);

        // Then
        assertThat(found).containsExactly(Unusable.NO_PICTURE, sent(FIRST), Unusable.NO_PICTURE);
    }

    @Test
    void jpegThatHasOnlyTablesIsNoPicture() throws IOException {
        // Given
        byte[] tables = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xFE, 0, 3, 7, (byte) 0xFF, (byte) 0xD9};
        var stream = stream(new Parts().whole(tables).whole(FIRST));

        // When
        List<Object> found = all(stream);

        // Then
        assertThat(found).containsExactly(Unusable.NO_PICTURE, sent(FIRST));
    }

    @Test
    void pngIsAPictureToo() throws IOException {
        // Given
        var stream = stream(new Parts().whole(PNG).whole(FIRST));

        // When
        Found found = stream.next();

        // Then
        assertThat(found).isInstanceOfSatisfying(Found.Whole.class, whole -> {
            assertThat(whole.bytes()).isEqualTo(PNG);
            assertThat(whole.contentType()).isEqualTo(Picture.PNG);
        });
    }

    @Test
    void muchThatHoldsNoPictureIsStrange() throws IOException {
        // Given
        var stream = stream(new Parts().raw(new byte[1 << 20]));

        // When
        Found found = stream.next();

        // Then
        assertThat(found).isEqualTo(Found.STRANGE);
    }

    @Test
    void timeThatTheSenderTellsStandsBesideItsPictureAndNoOther() throws IOException {
        // Given
        var stream = stream(new Parts()
                .text("--myboundary\r\nX-Timestamp: 1767268800.250000\r\n\r\n")
                .raw(FIRST)
                .text("\r\n")
                .whole(SECOND));
        List<String> told = new ArrayList<>();

        // When
        for (Found found = stream.next(); found != Found.END; found = stream.next()) {
            told.add(((Found.Whole) found).sent());
        }

        // Then
        assertThat(told).containsExactly("1767268800.250000", null);
    }

    private static PictureStream stream(Parts parts) {
        return stream(Parts.inPieces(parts.bytes(), 5000), Parts.BOUNDARY);
    }

    private static PictureStream stream(InputStream bytes, String told) {
        return new PictureStream(bytes, told, new HandClock());
    }

    /** A picture that fails a test with few words. */
    private record Sent(String base64) {
        Sent(byte[] bytes) {
            this(Base64.getEncoder().encodeToString(bytes));
        }

        byte[] bytes() {
            return Base64.getDecoder().decode(base64);
        }

        @Override
        public String toString() {
            return base64.length() + " of " + base64.hashCode();
        }
    }

    private static Sent sent(byte[] bytes) {
        return new Sent(bytes);
    }

    /** Pictures, and why others are none. */
    private static List<Object> all(PictureStream stream) throws IOException {
        List<Object> all = new ArrayList<>();
        for (Found found = stream.next(); found != Found.END; found = stream.next()) {
            all.add(found instanceof Found.Whole whole ? new Sent(whole.bytes()) : ((Found.Unusable) found).why());
        }
        return all;
    }
}
