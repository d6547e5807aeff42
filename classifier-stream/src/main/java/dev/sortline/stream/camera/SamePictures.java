// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.camera;

import java.util.zip.CRC32C;

/**
 * How often a camera sent one and the same picture in a row. A sensor's noise makes each picture differ from the one before, whatever it
 * shows; so the same bytes mean that no new picture was taken. They are compared by length and checksum: pictures are not kept. Not
 * thread-safe.
 */
final class SamePictures {
    private long checksum;
    private int length = -1;
    private long same;

    /** Takes a picture and gives how many of the last ones are the same, itself included. */
    long add(byte[] picture) {
        var crc = new CRC32C();
        crc.update(picture);
        same = picture.length == length && crc.getValue() == checksum ? same + 1 : 1;
        checksum = crc.getValue();
        length = picture.length;
        return same;
    }

    /** How many of the last ones are the same; 0 before the first. */
    long same() {
        return same;
    }
}
