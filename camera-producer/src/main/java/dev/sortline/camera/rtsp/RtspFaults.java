// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.rtsp;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_FORBIDDEN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;

import dev.sortline.camera.ffmpeg.Ffmpeg;
import dev.sortline.camera.ffmpeg.OpeningFault;
import dev.sortline.camera.source.CameraFault;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what is wrong where a stream could not be opened.
 *
 * @param place the stream's address
 * @param hasUser whether a user is set
 * @param patience how long an answer was waited for
 */
record RtspFaults(String place, boolean hasUser, Duration patience) implements OpeningFault {
    /** FFmpeg's words of an answer that refuses; of its address nothing is kept. */
    private static final Pattern REFUSAL = Pattern.compile("method (\\w+) failed: (\\d{3}) ?([\\w ]*)");

    private static final Pattern CONNECTION = Pattern.compile("Connection to .* failed|Failed to resolve hostname");

    @Override
    public CameraFault of(int error, String said, Duration waited) {
        if (error == AVERROR_HTTP_UNAUTHORIZED || error == AVERROR_HTTP_FORBIDDEN) {
            String why = hasUser ? "refuses user or password" : "asks for user and password: set user and passwordFile";
            return fault(CameraFault.Kind.REFUSED, why);
        }
        if (error == AVERROR_HTTP_NOT_FOUND) {
            return fault(
                    CameraFault.Kind.NOT_FOUND,
                    "has no such stream; look up the path of the url in the camera's manual");
        }
        Matcher refusal = REFUSAL.matcher(said);
        if (refusal.find()) {
            return fault(
                    CameraFault.Kind.NO_VIDEO,
                    "answers %s to %s, and gives no video"
                            .formatted((refusal.group(2) + " " + refusal.group(3)).strip(), refusal.group(1)));
        }
        if (CONNECTION.matcher(said).find()) {
            return fault(CameraFault.Kind.UNREACHABLE, "cannot be reached: " + Ffmpeg.words(error));
        }
        if (waited.compareTo(patience) >= 0) {
            return fault(
                    CameraFault.Kind.SILENT,
                    "is connected, but does not answer within %d ms".formatted(patience.toMillis()));
        }
        return fault(
                CameraFault.Kind.NO_VIDEO,
                "what answers there speaks no RTSP, or hangs up (%s); is it the camera, and its port for RTSP?"
                        .formatted(Ffmpeg.words(error)));
    }

    private CameraFault fault(CameraFault.Kind kind, String what) {
        return new CameraFault(kind, place + ": " + what);
    }
}
