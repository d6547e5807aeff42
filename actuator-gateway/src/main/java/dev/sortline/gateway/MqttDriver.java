// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult.Mqtt5Qos1Result;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
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
 * Publishes each shot at its time, each item ahead of it, and each line's state, which is retained. What is not acknowledged at once
 * is not sent again: no session outlives its connection.
 */
final class MqttDriver implements ActuatorDriver {
    private static final long CONNECT_WITHIN_MILLIS = 1_000;
    private static final long ANSWER_WITHIN_MILLIS = 500;
    private static final long EXPIRES_AFTER_SECONDS = 1;
    private static final int KEEP_ALIVE_SECONDS = 5;
    private static final String CLOUD_EVENT = "ce_";

    private final MqttSettings settings;
    private final String clientId;
    private final Serializer<RoutingEvent> events = new RoutingEventSerde().serializer();
    private @Nullable Mqtt5AsyncClient client;

    MqttDriver(MqttSettings settings, String clientId) {
        this.settings = settings;
        this.clientId = clientId;
    }

    @Override
    public void connect() throws IOException, InterruptedException {
        var builder = Mqtt5Client.builder()
                .identifier(clientId)
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
    public boolean reaches(Shot shot) {
        return true;
    }

    @Override
    public boolean fire(Shot shot) throws IOException, InterruptedException {
        return publish(
                message("actuations", shot.event(), List.of(Mqtt5UserProperty.of("number", "" + shot.number()))));
    }

    @Override
    public void release(Shot shot) {
        // A pulse is its subscriber's own.
    }

    @Override
    public void announce(Announcement announcement) throws IOException, InterruptedException {
        Fate fate = announcement.fate();
        Shot shot = announcement.shot();
        var property = shot != null
                ? Mqtt5UserProperty.of("number", "" + shot.number())
                : Mqtt5UserProperty.of("fate", fate == null ? "" : fate.word());
        publish(message("announcements", announcement.event(), List.of(property)));
    }

    @Override
    public void beat(LineStatus status) throws IOException, InterruptedException {
        String json = "{\"lineId\":\"%s\",\"alive\":%b,\"dryRun\":%b,\"beat\":%d,\"fired\":%d}"
                .formatted(
                        status.lineId(),
                        status.alive(),
                        status.dryRun(),
                        status.beat(),
                        status.fates().getOrDefault(Fate.FIRED, 0L));
        publish(Mqtt5Publish.builder()
                .topic("sortline/" + status.lineId() + "/state")
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .contentType("application/json")
                .payload(json.getBytes(StandardCharsets.UTF_8))
                .build());
    }

    @Override
    public void disconnect() {
        Mqtt5AsyncClient leaving = client;
        client = null;
        if (leaving == null) {
            return;
        }
        try {
            if (leaving.getState().isConnected()) {
                var unused = leaving.publish(gatewayState(false)).get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
            }
            leaving.disconnect().get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It is gone either way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Mqtt5Publish gatewayState(boolean online) {
        return Mqtt5Publish.builder()
                .topic("sortline/gateways/" + clientId + "/state")
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .contentType("application/json")
                .payload("{\"online\":%b}".formatted(online).getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /** The event as it is on Kafka: JSON, with its CloudEvents attributes beside it. */
    private Mqtt5Publish message(String kind, RoutingEvent event, List<Mqtt5UserProperty> more) {
        var headers = new RecordHeaders();
        byte[] json = events.serialize("", headers, event);
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
                .payload(json)
                .build();
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
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new IOException("MQTT broker at %s: %s".formatted(address(), reason.getMessage()), e);
        } catch (TimeoutException e) {
            throw new IOException("MQTT broker at %s: no answer within %d ms".formatted(address(), withinMillis), e);
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
