// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.sortline.camera.outside.CallMessage;
import dev.sortline.camera.outside.CallSink;
import dev.sortline.camera.outside.CallSource;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.PasswordFile;
import dev.sortline.camera.trigger.CallOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Subscribes to a topic of calls and publishes their answers. No session outlives its connection: calls that came while there was none are
 * of items that have passed.
 */
final class MqttCalls implements CallSource {
    private static final long CONNECT_WITHIN_MILLIS = 2_000;
    private static final long ANSWER_WITHIN_MILLIS = 1_000;
    private static final int KEEP_ALIVE_SECONDS = 5;
    private static final int ANSWER_EXPIRES_AFTER_SECONDS = 60;
    private static final String JSON = "application/json";

    private final MqttCallSettings settings;
    private final String clientId;

    MqttCalls(MqttCallSettings settings, String clientId) {
        this.settings = settings;
        this.clientId = clientId;
    }

    @Override
    public void listen(CallSink calls) throws IOException, InterruptedException {
        var ended = new CompletableFuture<Throwable>();
        Mqtt5AsyncClient client = client(ended);
        try {
            answer(client.connectWith()
                    .cleanStart(true)
                    .sessionExpiryInterval(0)
                    .keepAlive(KEEP_ALIVE_SECONDS)
                    .send());
            answer(client.subscribeWith()
                    .topicFilter(settings.topic())
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .callback(message -> take(client, message, calls))
                    .send());
            calls.opened();
            throw failure(ended.get());
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            leave(client);
        }
    }

    private Mqtt5AsyncClient client(CompletableFuture<Throwable> ended) throws IOException {
        MqttCallSettings.Tls tls = settings.tls();
        var builder = Mqtt5Client.builder()
                .identifier(clientId)
                .executorConfig()
                .nettyThreads(1)
                .applyExecutorConfig()
                .transportConfig()
                .serverHost(settings.host())
                .serverPort(settings.portOrDefault())
                .socketConnectTimeout(CONNECT_WITHIN_MILLIS, TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(CONNECT_WITHIN_MILLIS, TimeUnit.MILLISECONDS)
                .sslConfig(tls == null ? null : MqttTrust.in(tls.trust()))
                .applyTransportConfig()
                .addDisconnectedListener((MqttClientDisconnectedContext context) -> ended.complete(context.getCause()));
        if (settings.username() != null) {
            builder = builder.simpleAuth()
                    .username(settings.username())
                    .password(password())
                    .applySimpleAuth();
        }
        return builder.buildAsync();
    }

    /** On the client's thread. */
    private void take(Mqtt5AsyncClient client, Mqtt5Publish message, CallSink calls) {
        if (message.isRetain()) {
            // The broker has kept it: nobody knows how long ago its item was here.
            calls.unreadable("topic %s: it is retained by the broker: publish triggers without retain"
                    .formatted(settings.topic()));
            return;
        }
        try {
            var unused = calls.call(CallMessage.read(message.getPayloadAsBytes()))
                    .thenAccept(outcome -> acknowledge(client, message, outcome));
        } catch (IOException e) {
            calls.unreadable("topic %s: %s".formatted(settings.topic(), e.getMessage()));
            acknowledge(
                    client,
                    message,
                    new CallOutcome(CallOutcome.Fate.REFUSED, null, null, String.valueOf(e.getMessage())));
        }
    }

    private void acknowledge(Mqtt5AsyncClient client, Mqtt5Publish message, CallOutcome outcome) {
        Optional<MqttTopic> topic = message.getResponseTopic()
                .or(() -> Optional.ofNullable(settings.ackTopic()).map(MqttTopic::of));
        if (topic.isEmpty()) {
            return;
        }
        Optional<ByteBuffer> correlation = message.getCorrelationData();
        // Where the connection has gone so has who waits for the answer, or asks again.
        var unused = client.publishWith()
                .topic(topic.get())
                .qos(MqttQos.AT_LEAST_ONCE)
                .messageExpiryInterval(ANSWER_EXPIRES_AFTER_SECONDS)
                .contentType(JSON)
                .correlationData(correlation.orElse(null))
                .payload(CallMessage.written(outcome))
                .send();
    }

    private <T> void answer(CompletableFuture<T> coming) throws IOException, InterruptedException {
        try {
            var unused = coming.get(CONNECT_WITHIN_MILLIS + ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("%s: topic %s: no answer".formatted(place(), settings.topic()), e);
        }
    }

    private static void leave(Mqtt5AsyncClient client) {
        try {
            client.disconnect().get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It is gone either way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private IOException failure(Throwable reason) {
        return new IOException("%s: topic %s: %s".formatted(place(), settings.topic(), reason.getMessage()), reason);
    }

    private byte[] password() throws IOException {
        try {
            return (settings.passwordFile() == null ? "" : PasswordFile.read(settings.passwordFile()))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (CameraFault e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public String place() {
        return "MQTT broker at %s:%d".formatted(settings.host(), settings.portOrDefault());
    }
}
