// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sortline.classifier.model.PixelScaling;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.tensorflow.types.TFloat32;

class ImageDecodingFuzzTest {
    private static final int SIZE = 16;
    private static final ImageBounds BOUNDS = new ImageBounds(64 << 10, 640, 480, 100_000);

    private static ImageDecoder decoder;

    @BeforeAll
    static void open() {
        decoder = new ImageDecoder(SIZE, PixelScaling.ZERO_TO_ONE, BOUNDS, 1);
    }

    @AfterAll
    static void close() {
        decoder.close();
    }

    @FuzzTest
    @DictionaryEntries({"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "zTXt", "JFIF", "Exif", "Adobe"})
    void isRefusedInOneShortLineOrDecodedToTheNetworksInput(byte[] image) {
        // When
        try (PixelTensor decoded = decoder.decode(image)) {

            // Then
            TFloat32 pixels = decoded.pixels();
            assertThat(pixels.shape().asArray()).containsExactly(1, SIZE, SIZE, 3);
            pixels.scalars().forEach(value -> assertThat(value.getFloat()).isBetween(0f, 1.001f));
        } catch (UnreadableImageException refusal) {
            // Then
            Refusals.assertOneShortLine(refusal);
        }
    }
}
