// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer says that it holds.
 *
 * @param type the media type, in small letters; empty when none is told
 * @param boundary what delimits its parts, as it is told; empty when it is not
 */
record ContentKind(String type, String boundary) {
    private static final Pattern BOUNDARY = Pattern.compile("(?i)\\bboundary\\s*=\\s*(?:\"([^\"]*)\"|([^;]*))");
    private static final Pattern MAY_HOLD_PICTURES =
            Pattern.compile("|multipart/.*|image/(?:p?jpe?g|png)|application/octet-stream|(?:video|image)/.*jpe?g.*");

    /** Takes what cameras write, which is not always what the standard asks for. */
    static ContentKind of(String header) {
        int end = header.indexOf(';');
        Matcher told = BOUNDARY.matcher(header);
        String boundary = "";
        if (told.find()) {
            boundary = told.group(1) != null ? told.group(1) : told.group(2).strip();
        }
        return new ContentKind(
                (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT), boundary);
    }

    /** Whether pictures may be in it. */
    boolean mayHoldPictures() {
        return MAY_HOLD_PICTURES.matcher(type).matches();
    }

    /** Whether it is one picture, and not many parts. */
    boolean isPicture() {
        return type.startsWith("image/");
    }
}
