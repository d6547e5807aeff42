// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.rtsp;

import dev.sortline.camera.ffmpeg.Ffmpeg;
import dev.sortline.camera.ffmpeg.VideoPlace;
import dev.sortline.camera.ffmpeg.VideoReader;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.source.PasswordFile;
import dev.sortline.camera.source.PictureSink;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A camera that speaks RTSP, by FFmpeg. */
final class RtspCamera implements CameraSource {
    private final RtspSettings settings;
    private final InstantSource clock;

    RtspCamera(RtspSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void film(PictureSink pictures) throws CameraFault, InterruptedException {
        Ffmpeg.load();
        URI address = URI.create(settings.url());
        findHost(address.getHost());
        var place = new VideoPlace(
                settings.place(),
                "rtsp",
                withUser(settings.url()),
                Map.of(
                        "rtsp_transport", "tcp",
                        "allowed_media_types", "video",
                        "protocol_whitelist", "rtsp,rtsps,tcp,tls,rtp",
                        // One connection keeps their order; but without a queue nothing is said of packets that never
                        // come.
                        "reorder_queue_size", "2",
                        "timeout",
                                Long.toString(TimeUnit.MILLISECONDS.toMicros(
                                        settings.silentAfter().toMillis()))),
                settings.silentAfter(),
                false,
                settings.qualityOrDefault());
        var faults = new RtspFaults(settings.place(), settings.user() != null, settings.silentAfter());
        new VideoReader(place, faults, new SenderClock(settings.delay()), clock, UnaryOperator.identity())
                .film(pictures);
    }

    /** A name service that does not answer holds up FFmpeg, which nothing could interrupt then. */
    private void findHost(String host) throws CameraFault, InterruptedException {
        var asked = new FutureTask<>(() -> InetAddress.getByName(host.replaceAll("[\\[\\]]", "")));
        var thread = new Thread(asked, "name-of-camera");
        thread.setDaemon(true);
        thread.start();
        try {
            asked.get(settings.silentAfter().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new CameraFault(
                    CameraFault.Kind.UNREACHABLE, "%s: nobody knows the host %s".formatted(settings.place(), host), e);
        }
    }

    private String withUser(String url) throws CameraFault {
        @Nullable String user = settings.user();
        if (user == null) {
            return url;
        }
        String password = settings.passwordFile() == null ? "" : PasswordFile.read(settings.passwordFile());
        int host = url.indexOf("://") + 3;
        return url.substring(0, host) + encoded(user) + ":" + encoded(password) + "@" + url.substring(host);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
