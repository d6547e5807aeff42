// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import java.time.Duration;
import java.util.Map;

/**
 * Where video is, and how it is opened.
 *
 * @param name what it is called in messages; no password is in it
 * @param format FFmpeg's name of the protocol, device or file format
 * @param url for FFmpeg; a password may be in it
 * @param options FFmpeg's, for this format
 * @param silentAfter how long it may give nothing, and how long FFmpeg may wait for an answer when it is opened
 * @param polled whether reading must not wait, because it could not be interrupted
 * @param quality of the JPEGs that are made of other video, 1 to 100
 */
public record VideoPlace(
        String name,
        String format,
        String url,
        Map<String, String> options,
        Duration silentAfter,
        boolean polled,
        int quality) {
    public VideoPlace {
        options = Map.copyOf(options);
    }

    @Override
    public String toString() {
        return name;
    }
}
