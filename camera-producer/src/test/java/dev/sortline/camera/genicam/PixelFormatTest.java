// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.genicam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PixelFormatTest {
    /** Red, green, blue. */
    private static final byte[] COLOUR = {90, 60, 30};

    @ParameterizedTest
    @EnumSource(names = {"BAYER_GR8", "BAYER_RG8", "BAYER_GB8", "BAYER_BG8"})
    void evenColourComesOutOfASensorWithFiltersAsItIs(PixelFormat format) {
        // Given
        int width = 5;
        int height = 7;
        String square = format.genicamName().substring(5, 7);
        byte[] sensor = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                sensor[y * width + x] = COLOUR["RGB".indexOf(filter(square, x, y))];
            }
        }

        // When
        byte[] rgb = format.spread(sensor, width, height);

        // Then
        for (int i = 0; i < rgb.length; i++) {
            assertThat(rgb[i]).isEqualTo(COLOUR[i % 3]);
        }
    }

    @Test
    void settingsTellAllOfThem() {
        // When
        String names = Arrays.stream(PixelFormat.values())
                .map(PixelFormat::genicamName)
                .collect(Collectors.joining(", "));

        // Then
        assertThat(GenicamSettings.FORMATS.replace(" or ", ", ")).isEqualTo(names);
    }

    /** The first row is as the name says; in the second the other two colours stand, green across from green. */
    private static char filter(String firstRow, int x, int y) {
        char here = firstRow.charAt(x % 2);
        if (y % 2 == 0) {
            return here;
        }
        char other = firstRow.charAt((x + 1) % 2);
        return other == 'G' ? 'G' : (here == 'G' ? (other == 'R' ? 'B' : 'R') : here);
    }
}
