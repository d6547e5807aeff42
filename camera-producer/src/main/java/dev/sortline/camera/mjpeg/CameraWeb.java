// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.PasswordFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Asks a camera over HTTP, as a user where it has one: by digest (RFC 7616 and 2069) where the camera offers that, else by basic
 * authentication. One connection at a time. A read that waits ends on {@link Thread#interrupt}.
 */
final class CameraWeb implements AutoCloseable {
    private static final int MOST_LINE_BYTES = 16 << 10;
    private static final int MOST_HEADERS = 100;

    private final URI address;
    private final HttpHost host;
    private final CloseableHttpClient client;
    /** Keeps what the camera asked for, so that not every picture is asked for twice. */
    private HttpClientContext context = HttpClientContext.create();

    private boolean answeredBefore;

    private CameraWeb(URI address, HttpHost host, CloseableHttpClient client) {
        this.address = address;
        this.host = host;
        this.client = client;
    }

    /**
     * Makes it; it reaches for the camera when it asks.
     *
     * @throws CameraFault when a file of the settings cannot be read
     */
    static CameraWeb to(MjpegSettings settings) throws CameraFault {
        URI address = settings.address();
        var host = HttpHost.create(address);
        var timeout = Timeout.of(settings.silentAfter());
        MjpegSettings.Tls tls = settings.tls();
        var connections = new BasicHttpClientConnectionManager(
                operator(tls == null ? CameraTrust.ofTheRuntime() : CameraTrust.in(tls.trust())),
                ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(MOST_LINE_BYTES)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build());
        connections.setConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(timeout)
                .setSocketTimeout(timeout)
                .build());
        connections.setTlsConfig(TlsConfig.custom().setHandshakeTimeout(timeout).build());
        var builder = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout)
                        .setConnectionRequestTimeout(timeout)
                        .build())
                .setUserAgent("sortline")
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                // Whoever answers must not send the password elsewhere.
                .disableRedirectHandling();
        if (settings.user() != null && settings.passwordFile() != null) {
            var users = new BasicCredentialsProvider();
            users.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(
                            settings.user(),
                            PasswordFile.read(settings.passwordFile()).toCharArray()));
            builder.setDefaultCredentialsProvider(users);
        }
        return new CameraWeb(address, host, builder.build());
    }

    /** Sockets of channels: on others a read that waits knows no interrupt. */
    private static DefaultHttpClientConnectionOperator operator(TlsSocketStrategy tls) {
        return new DefaultHttpClientConnectionOperator(
                proxy -> SocketChannel.open().socket(),
                null,
                null,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register("https", tls)
                        .build());
    }

    /**
     * Asks. Blocks until the head of the answer is there. What was good for the answer before is tried anew where it is not for this one: some
     * cameras end each connection without saying so, or take each proof of a password only once.
     *
     * @throws IOException when there is no answer
     */
    Answer ask() throws IOException {
        Answer answer = answerOrAgain();
        if (answer.status() == HttpStatus.SC_UNAUTHORIZED && answeredBefore) {
            answer.close();
            context = HttpClientContext.create();
            answer = once();
        }
        answeredBefore = true;
        return answer;
    }

    private Answer answerOrAgain() throws IOException {
        try {
            return once();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            if (!answeredBefore || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return once();
        }
    }

    private Answer once() throws IOException {
        return new Answer(client.executeOpen(host, new HttpGet(address), context));
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    /** What the camera answered. Closing it ends the connection, unless all was read. */
    static final class Answer implements AutoCloseable {
        private final ClassicHttpResponse response;

        private Answer(ClassicHttpResponse response) {
            this.response = response;
        }

        int status() {
            return response.getCode();
        }

        String header(String name) {
            return Optional.ofNullable(response.getFirstHeader(name))
                    .map(Header::getValue)
                    .orElse("");
        }

        ContentKind kind() {
            return ContentKind.of(header(HttpHeaders.CONTENT_TYPE));
        }

        InputStream body() throws IOException {
            return response.getEntity() == null
                    ? InputStream.nullInputStream()
                    : response.getEntity().getContent();
        }

        @Override
        public void close() throws IOException {
            response.close();
        }
    }
}
