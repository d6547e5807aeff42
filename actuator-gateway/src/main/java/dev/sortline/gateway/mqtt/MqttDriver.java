// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.mqtt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult.Mqtt5Qos1Result;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import dev.sortline.contract.CameraStatus;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.Shot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes each shot at its time, each item ahead of it, and each line's state, which is retained. What is not acknowledged in
 * {@value #ANSWER_WITHIN_MILLIS} ms cuts the connection, and is not sent again: no session outlives its connection. A shot is taken
 * when the broker has it and knows a subscriber of it; whether that one has it, MQTT does not tell.
 */
final class MqttDriver implements ActuatorDriver {
    private static final long CONNECT_WITHIN_MILLIS = 1_000;
    private static final long ANSWER_WITHIN_MILLIS = 500;
    private static final long EXPIRES_AFTER_SECONDS = 1;
    private static final int KEEP_ALIVE_SECONDS = 5;
    /** How long it stays known that a gateway is gone: each has an id of its own, and they are not to heap up. */
    private static final long GONE_FOR_SECONDS = 24 * 60 * 60;

    private static final String CLOUD_EVENT = "ce_";

    private final MqttSettings settings;
    private final String clientId;
    private final Serializer<RoutingEvent> events = new RoutingEventSerde().serializer();
    private final ObjectMapper json = new ObjectMapper();
    private @Nullable Mqtt5AsyncClient client;
    private @Nullable MqttOneConnection connection;

    /** What is told of a line. */
    private record LineState(
            String lineId, boolean alive, boolean dryRun, long beat, long fired, List<CameraStatus> cameras) {}

    /** What is told of this gateway. */
    private record GatewayState(boolean online) {}

    MqttDriver(MqttSettings settings, String clientId) {
        this.settings = settings;
        this.clientId = clientId;
    }

    @Override
    public void connect() throws IOException, InterruptedException {
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
                .sslConfig(tls())
                .applyTransportConfig()
                .willPublish(gatewayState(false));
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
        publish(gatewayState(true));
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
    public boolean fire(Shot shot) throws IOException, InterruptedException {
        return publish(message("actuations", shot.event(), shot, List.of(number(shot))));
    }

    @Override
    public void release(Shot shot) {
        // A pulse is its subscriber's own.
    }

    @Override
    public void announce(Announcement announcement) throws IOException, InterruptedException {
        EventFate fate = announcement.fate();
        Shot shot = announcement.shot();
        var property = shot != null ? number(shot) : Mqtt5UserProperty.of("fate", fate == null ? "" : fate.word());
        publish(message("announcements", announcement.event(), shot, List.of(property)));
    }

    @Override
    public void beat(LineStatus status) throws IOException, InterruptedException {
        var state = new LineState(
                status.lineId(),
                status.alive(),
                status.dryRun(),
                status.beat(),
                status.fates().getOrDefault(EventFate.FIRED, 0L),
                status.cameras());
        publish(state("sortline/" + status.lineId() + "/state", state).build());
    }

    @Override
    public void probe() throws IOException, InterruptedException {
        publish(gatewayState(true));
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
                var unused = leaving.publish(gatewayState(false)).get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
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

    private Mqtt5Publish gatewayState(boolean online) throws IOException {
        var message = state("sortline/gateways/" + clientId + "/state", new GatewayState(online));
        return online
                ? message.build()
                : message.messageExpiryInterval(GONE_FOR_SECONDS).build();
    }

    private Mqtt5PublishBuilder.Complete state(String topic, Record state) throws IOException {
        return Mqtt5Publish.builder()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .contentType("application/json")
                .payload(bytes(state));
    }

    private static Mqtt5UserProperty number(Shot shot) {
        return Mqtt5UserProperty.of("number", Long.toString(shot.number()));
    }

    /** The event as it is on Kafka, JSON, with its CloudEvents attributes beside it; and of a shot its number and its end. */
    private Mqtt5Publish message(String kind, RoutingEvent event, @Nullable Shot shot, List<Mqtt5UserProperty> more)
            throws IOException {
        var headers = new RecordHeaders();
        byte[] payload = events.serialize("", headers, event);
        if (shot != null) {
            ObjectNode told = json.readValue(payload, ObjectNode.class);
            told.put("number", shot.number());
            told.put("notAfter", shot.notAfter().toString());
            payload = bytes(told);
        }
        List<Mqtt5UserProperty> properties = new ArrayList<>(more);
        headers.forEach(header -> {
            if (header.key().startsWith(CLOUD_EVENT)) {
                properties.add(Mqtt5UserProperty.of(
                        header.key().substring(CLOUD_EVENT.length()),
                        new String(header.value(), StandardCharsets.UTF_8)));
            }
        });
        return Mqtt5Publish.builder()
                .topic("sortline/" + event.lineId() + "/" + kind)
                .qos(MqttQos.AT_LEAST_ONCE)
                .messageExpiryInterval(EXPIRES_AFTER_SECONDS)
                .contentType("application/json")
                .userProperties(Mqtt5UserProperties.of(properties))
                .payload(payload)
                .build();
    }

    private byte[] bytes(Object value) throws JsonProcessingException {
        return json.writeValueAsBytes(value);
    }

    /** Whether somebody listens. */
    private boolean publish(Mqtt5Publish message) throws IOException, InterruptedException {
        if (client == null) {
            throw new IOException("no connection to the MQTT broker at " + address());
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
        String text =
                file == null ? "" : Files.readString(file).lines().findFirst().orElse("");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable MqttClientSslConfig tls() throws IOException {
        MqttSettings.Tls tls = settings.tls();
        if (tls == null) {
            return null;
        }
        var config = MqttClientSslConfig.builder().protocols(List.of("TLSv1.2", "TLSv1.3"));
        Path trust = tls.trust();
        return trust == null
                ? config.build()
                : config.trustManagerFactory(trusting(trust)).build();
    }

    private static TrustManagerFactory trusting(Path file) throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("trusted-" + store.size(), certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot read the certificates in %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private String address() {
        return settings.host() + ":" + settings.portOrDefault();
    }
}
