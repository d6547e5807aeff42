// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.image;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Names the formats that pictures come in and that are not taken, by their first bytes. */
final class ForeignFormat {
    /** Where the bytes stand, and what they are; the first that fits says it. */
    private static final Map<String, String> BY_START = new LinkedHashMap<>();

    static {
        BY_START.put("0:GIF8", "a GIF");
        BY_START.put("8:WEBP", "a WebP");
        BY_START.put("0:BM", "a BMP");
        BY_START.put("0:II*\0", "a TIFF");
        BY_START.put("0:MM\0*", "a TIFF");
        BY_START.put("4:ftypavif", "an AVIF");
        BY_START.put("4:ftyphei", "an HEIC");
        BY_START.put("4:ftypmif1", "an HEIC");
        BY_START.put("4:ftyp", "a video");
        BY_START.put("4:jP  ", "a JPEG 2000");
        BY_START.put("4:JXL ", "a JPEG XL");
        BY_START.put("0:\u00ff\n", "a JPEG XL");
        BY_START.put("0:%PDF", "a PDF");
        BY_START.put("0:<svg", "an SVG");
        BY_START.put("0:<?xml", "XML");
        BY_START.put("0:<!DOCTYPE", "a web page");
        BY_START.put("0:<html", "a web page");
    }

    private ForeignFormat() {}

    /** With its article; empty where it is none that is known. */
    static Optional<String> of(byte[] image) {
        String start = new String(image, 0, Math.min(image.length, 16), StandardCharsets.ISO_8859_1);
        return BY_START.entrySet().stream()
                .filter(known -> start.startsWith(
                        known.getKey().substring(2),
                        Character.digit(known.getKey().charAt(0), 10)))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
