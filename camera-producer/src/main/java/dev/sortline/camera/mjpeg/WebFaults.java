// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraFault.Kind;
import dev.sortline.trouble.OneLine;
import dev.sortline.trouble.RootCause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;

/** Says in a line what is wrong with a camera that is asked over HTTP. */
final class WebFaults {
    private static final int MOST_CHARACTERS = 120;

    private final MjpegSettings settings;

    WebFaults(MjpegSettings settings) {
        this.settings = settings;
    }

    /** Of an answer that is none to look at; its status is not 200. */
    CameraFault of(CameraWeb.Answer answer) {
        int status = answer.status();
        return switch (status) {
            case 401 -> refused(answer.header(HttpHeaders.WWW_AUTHENTICATE));
            case 403 ->
                fault(
                        Kind.REFUSED,
                        settings.user() == null
                                ? "it lets nobody in without a user; set user and passwordFile"
                                : "its user '" + settings.user() + "' may not see this");
            case 404, 410 -> fault(Kind.NOT_FOUND, "there is no such page; look up the path in the camera's manual");
            default -> ofStatus(status, answer.header(HttpHeaders.LOCATION));
        };
    }

    /** Of a connection that never came to an answer. */
    CameraFault notAnswered(IOException e) {
        if (e instanceof ConnectTimeoutException
                || e instanceof ConnectException
                || e instanceof NoRouteToHostException
                || e instanceof UnknownHostException) {
            return fault(Kind.UNREACHABLE, "nobody answers there (" + reason(e) + ")", e);
        }
        if (e instanceof SSLException) {
            return fault(
                    Kind.UNREACHABLE,
                    "TLS fails (" + reason(e)
                            + "); set tls.trust to the camera's certificate, or http where it has no https",
                    e);
        }
        if (e instanceof SocketTimeoutException) {
            return fault(
                    Kind.SILENT,
                    "it takes the connection and does not answer within "
                            + settings.silentAfter().toMillis() + " ms",
                    e);
        }
        if (e.getCause() instanceof HttpException) {
            return fault(Kind.NO_VIDEO, "what answers does not speak HTTP (" + reason(e) + ")", e);
        }
        return fault(Kind.ENDED, "it ended the connection without an answer (" + reason(e) + ")", e);
    }

    /** Of a stream that broke off. */
    CameraFault broken(IOException e) {
        return e instanceof SocketTimeoutException
                ? fault(
                        Kind.SILENT,
                        "no whole picture came for " + settings.silentAfter().toMillis() + " ms",
                        e)
                : fault(Kind.ENDED, "the connection broke (" + reason(e) + ")", e);
    }

    CameraFault ended() {
        return fault(Kind.ENDED, "it ended the stream");
    }

    CameraFault noVideo(ContentKind kind) {
        String what =
                kind.type().isEmpty() ? "something that it does not name" : OneLine.of(kind.type(), MOST_CHARACTERS);
        return fault(
                Kind.NO_VIDEO,
                "it answers with " + what + ", in which no JPEG is; look up the path in the camera's manual");
    }

    private CameraFault refused(String asked) {
        String scheme = asked.strip().toLowerCase(Locale.ROOT);
        boolean spoken = scheme.startsWith("digest") || scheme.startsWith("basic");
        if (settings.user() == null) {
            return fault(Kind.REFUSED, "it asks for a user and a password; set user and passwordFile");
        }
        return spoken
                ? fault(Kind.REFUSED, "user or password are wrong")
                : fault(
                        Kind.REFUSED,
                        "it asks for authentication by '" + OneLine.of(asked, MOST_CHARACTERS)
                                + "'; only Digest and Basic are spoken here");
    }

    private CameraFault ofStatus(int status, String location) {
        if (status >= 300 && status < 400) {
            int query = location.indexOf('?');
            String there = query < 0 ? location : location.substring(0, query);
            return fault(
                    Kind.NO_VIDEO,
                    "it sends on to '" + OneLine.of(there, MOST_CHARACTERS) + "'; set url to what is right");
        }
        return status >= 500
                ? fault(Kind.ENDED, "it answers with status " + status + "; it may have too many viewers")
                : fault(
                        Kind.NO_VIDEO,
                        "it answers with status " + status + "; look up the path in the camera's manual");
    }

    private CameraFault fault(Kind kind, String what) {
        return new CameraFault(kind, settings.place() + ": " + what);
    }

    private CameraFault fault(Kind kind, String what, Exception cause) {
        return new CameraFault(kind, settings.place() + ": " + what, cause);
    }

    private static String reason(IOException e) {
        Throwable root = RootCause.of(e);
        String message = root.getMessage();
        return OneLine.of(
                message == null || root instanceof UnknownHostException ? root.toString() : message, MOST_CHARACTERS);
    }
}
