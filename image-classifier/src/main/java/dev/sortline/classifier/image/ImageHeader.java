// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import dev.sortline.classifier.image.UnreadableImageException.Reason;
import dev.sortline.classifier.integrity.CoarsePicture;
import dev.sortline.classifier.integrity.JpegFindings;
import dev.sortline.classifier.integrity.JpegIntegrity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an image's first bytes say of it, read without decoding.
 *
 * @param format the real format, by the magic bytes
 * @param width pixels a row, at least 1
 * @param height rows, at least 1
 * @param orientation how the rows and columns lie; width and height are those before turning
 */
public record ImageHeader(Format format, int width, int height, Orientation orientation) {

    /** The formats that are taken. */
    public enum Format {
        JPEG,
        PNG
    }

    public ImageHeader {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("an image has at least one pixel, not " + width + "x" + height);
        }
    }

    /** Of a picture that is stored upright. */
    public ImageHeader(Format format, int width, int height) {
        this(format, width, height, Orientation.UPRIGHT);
    }

    /**
     * Reads the header of a JPEG (ITU-T T.81, annex B) or PNG (ISO/IEC 15948, clause 11.2.2).
     *
     * @param image the file's bytes, possibly hostile
     * @throws UnreadableImageException {@link Reason#EMPTY}, {@link Reason#UNKNOWN_FORMAT} or {@link Reason#BAD_HEADER}
     */
    static ImageHeader read(byte[] image) throws UnreadableImageException {
        if (image.length == 0) {
            throw new UnreadableImageException(Reason.EMPTY, "image has no bytes");
        }
        if (JpegHeader.matches(image)) {
            return JpegHeader.read(image);
        }
        if (PngHeader.matches(image)) {
            return PngHeader.read(image);
        }
        throw new UnreadableImageException(
                Reason.UNKNOWN_FORMAT,
                ForeignFormat.of(image)
                        .map(name -> "image of %d bytes is %s, whatever its name says: save it as JPEG or PNG"
                                .formatted(image.length, name))
                        .orElseGet(() -> "image of %d bytes is neither JPEG nor PNG: it begins with %s"
                                .formatted(image.length, hexOfStart(image))));
    }

    /**
     * Looks for damage that the decoder paints over.
     *
     * @param image the bytes that this header was read from
     * @throws UnreadableImageException {@link Reason#CORRUPT}
     */
    void requireWhole(byte[] image) throws UnreadableImageException {
        requireWhole(image, format == Format.JPEG ? JpegIntegrity.damage(image) : Optional.empty());
    }

    /** As {@link #requireWhole}, and gives the coarse picture that was seen on the way, where there is one. */
    Optional<CoarsePicture> coarseOfWhole(byte[] image) throws UnreadableImageException {
        if (format != Format.JPEG) {
            return Optional.empty();
        }
        JpegFindings found = JpegIntegrity.findings(image);
        requireWhole(image, found.damage());
        return found.coarse();
    }

    private void requireWhole(byte[] image, Optional<String> damage) throws UnreadableImageException {
        if (damage.isPresent()) {
            throw corrupt(image, "cut off or damaged, for " + damage.get(), null);
        }
    }

    UnreadableImageException corrupt(byte[] image, String what, @Nullable Throwable cause) {
        String message =
                "%s of %dx%d in %d bytes cannot be decoded: %s".formatted(format, width, height, image.length, what);
        return cause == null
                ? new UnreadableImageException(Reason.CORRUPT, message)
                : new UnreadableImageException(Reason.CORRUPT, message, cause);
    }

    static UnreadableImageException bad(String message) {
        return new UnreadableImageException(Reason.BAD_HEADER, message);
    }

    private static String hexOfStart(byte[] image) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < Math.min(4, image.length); i++) {
            hex.append("%02x".formatted(image[i]));
        }
        return hex.toString();
    }
}
