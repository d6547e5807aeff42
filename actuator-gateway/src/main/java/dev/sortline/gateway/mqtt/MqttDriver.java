// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.mqtt;

import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult.Mqtt5Qos1Result;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.PasswordFile;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.Shot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes each shot at its time, each item ahead of it, and each line's state, which is retained. What is not acknowledged in
 * {@value #ANSWER_WITHIN_MILLIS} ms cuts the connection, and is not sent again: no session outlives its connection. A shot is taken
 * when the broker has it and knows a subscriber of it; whether that one has it, MQTT does not tell.
 */
final class MqttDriver implements ActuatorDriver {
    private static final long CONNECT_WITHIN_MILLIS = 1_000;
    private static final long ANSWER_WITHIN_MILLIS = 500;
    private static final int KEEP_ALIVE_SECONDS = 5;

    private final MqttSettings settings;
    private final String clientId;
    private final MqttMessages messages;
    private @Nullable Mqtt5AsyncClient client;
    private @Nullable MqttOneConnection connection;

    MqttDriver(MqttSettings settings, String clientId) {
        this.settings = settings;
        this.clientId = clientId;
        messages = new MqttMessages(clientId);
    }

    @Override
    public void connect() throws IOException, InterruptedException {
        MqttSettings.Tls tls = settings.tls();
        var opened = new MqttOneConnection();
        connection = opened;
        var builder = Mqtt5Client.builder()
                .identifier(clientId)
                .executorConfig()
                .nettyExecutor(opened.executor())
                .nettyThreads(1)
                .applyExecutorConfig()
                .transportConfig()
                .serverHost(settings.host())
                .serverPort(settings.portOrDefault())
                .socketConnectTimeout(CONNECT_WITHIN_MILLIS, TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(CONNECT_WITHIN_MILLIS, TimeUnit.MILLISECONDS)
                .sslConfig(tls == null ? null : MqttTrust.in(tls.trust()))
                .applyTransportConfig()
                .willPublish(messages.gatewayState(false));
        if (settings.username() != null) {
            builder = builder.simpleAuth()
                    .username(settings.username())
                    .password(password())
                    .applySimpleAuth();
        }
        client = builder.buildAsync();
        answer(
                client.connectWith()
                        .cleanStart(true)
                        .sessionExpiryInterval(0)
                        .keepAlive(KEEP_ALIVE_SECONDS)
                        .send(),
                2 * CONNECT_WITHIN_MILLIS);
        opened.guard();
        publish(messages.gatewayState(true));
    }

    @Override
    public void takeOver(String lineId) {
        // A pulse is its subscriber's own.
    }

    @Override
    public boolean reaches(Shot shot) {
        return true;
    }

    @Override
    public boolean fire(Shot shot, long latestNanos) throws IOException, InterruptedException {
        MqttOneConnection leaving = connection;
        if (leaving == null) {
            throw gone();
        }
        leaving.gate().begin(latestNanos);
        try {
            return publish(messages.actuation(shot));
        } finally {
            leaving.gate().end();
        }
    }

    @Override
    public void release(Shot shot) {
        // A pulse is its subscriber's own.
    }

    @Override
    public void announce(Announcement announcement) throws IOException, InterruptedException {
        publish(messages.announcement(announcement));
    }

    @Override
    public void beat(LineStatus status) throws IOException, InterruptedException {
        publish(messages.lineState(status));
    }

    @Override
    public void probe() throws IOException, InterruptedException {
        publish(messages.gatewayState(true));
    }

    @Override
    public void disconnect() {
        Mqtt5AsyncClient leaving = client;
        MqttOneConnection leavingConnection = connection;
        client = null;
        connection = null;
        if (leavingConnection == null) {
            return;
        }
        try {
            if (leaving != null && leaving.getState().isConnected()) {
                var unused =
                        leaving.publish(messages.gatewayState(false)).get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
                leaving.disconnect().get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException | IOException e) {
            // It is gone either way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            leavingConnection.cut();
        }
    }

    /** Whether somebody listens. */
    private boolean publish(Mqtt5Publish message) throws IOException, InterruptedException {
        if (client == null) {
            throw gone();
        }
        var result = answer(client.publish(message), ANSWER_WITHIN_MILLIS);
        return !(result instanceof Mqtt5Qos1Result acknowledged)
                || acknowledged.getPubAck().getReasonCode() != Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS;
    }

    private <T> T answer(CompletableFuture<T> coming, long withinMillis) throws IOException, InterruptedException {
        try {
            return coming.get(withinMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            cut();
            throw refusal(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            cut();
            throw new IOException("MQTT broker at %s: no answer within %d ms".formatted(address(), withinMillis), e);
        } catch (InterruptedException e) {
            cut();
            throw e;
        }
    }

    private IOException refusal(Throwable reason) {
        if (reason instanceof Mqtt5ConnAckException connecting
                && connecting.getMqttMessage().getReasonCode() == Mqtt5ConnAckReasonCode.UNSUPPORTED_PROTOCOL_VERSION) {
            return new IOException(
                    "MQTT broker at %s refuses MQTT 5: take a broker that speaks it, mosquitto does from 1.6 on"
                            .formatted(address()),
                    reason);
        }
        return new IOException("MQTT broker at %s: %s".formatted(address(), reason.getMessage()), reason);
    }

    private void cut() {
        client = null;
        if (connection != null) {
            connection.cut();
        }
    }

    private byte[] password() throws IOException {
        Path file = settings.passwordFile();
        return (file == null ? "" : PasswordFile.read(file)).getBytes(StandardCharsets.UTF_8);
    }

    private IOException gone() {
        return new IOException("no connection to the MQTT broker at " + address());
    }

    private String address() {
        return settings.host() + ":" + settings.portOrDefault();
    }
}
