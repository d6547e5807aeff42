// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import dev.sortline.contract.ClientProperties;
import dev.sortline.process.KafkaPort.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka cluster as a command finds it at its start. Where it cannot be reached, that is told within 10 s, 12 s behind a slow name service, in words that name
 * what is wrong. For one thread.
 */
final class Cluster implements AutoCloseable {
    private static final Duration NAMES_FOUND_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(6);
    private static final Duration STEP_WITHIN = Duration.ofMillis(600);

    private static final int MOST_ADDRESSES = 3;

    private final Map<String, Object> kafka;
    private final Admin admin;
    private List<KafkaPort> advertised = List.of();

    private Cluster(Map<String, Object> kafka, Admin admin) {
        this.kafka = kafka;
        this.admin = admin;
    }

    /**
     * Reaches it.
     *
     * @param kafka client properties, at least {@code bootstrap.servers}
     * @throws CommandFailure when it cannot be reached, or does not let this client in
     */
    static Cluster reach(Map<String, Object> kafka) throws InterruptedException {
        return reach(kafka, ANSWER_WITHIN);
    }

    static Cluster reach(Map<String, Object> kafka, Duration answerWithin) throws InterruptedException {
        Map<String, Object> own = ClientProperties.ADMIN.of(kafka);
        var cluster = new Cluster(own, admin(own, answerWithin));
        try {
            Collection<Node> nodes =
                    cluster.ask(admin -> admin.describeCluster().nodes().get());
            cluster.advertised = nodes.stream()
                    .map(node -> new KafkaPort(node.host(), node.port()))
                    .toList();
            return cluster;
        } catch (CommandFailure | InterruptedException e) {
            cluster.close();
            throw e;
        }
    }

    /**
     * Asks it something.
     *
     * @throws CommandFailure when it does not answer or refuses
     */
    <T> T ask(Question<T> question) throws InterruptedException {
        try {
            return question.of(admin);
        } catch (ExecutionException e) {
            throw unusable(kafka, problem(e), e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private static Admin admin(Map<String, Object> kafka, Duration answerWithin) throws InterruptedException {
        Map<String, Object> properties = new HashMap<>(kafka);
        int millis = Math.toIntExact(answerWithin.toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        awaitNames(kafka);
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            String reason = CommandFailure.rootReason(e);
            if (reason.startsWith("No resolvable bootstrap urls")) {
                throw unusable(kafka, "there is no such host; is bootstrap.servers right?", e);
            }
            // Kafka repeats the words of a login that it cannot read, of which one may be the password.
            throw CommandFailure.ofConfiguration(
                    reason.contains("JAAS config")
                            ? "sasl.jaas.config cannot be read: it is a class, 'required', then options as name=\"value\", and"
                                    + " a semicolon"
                            : "Kafka's client refuses its properties: " + reason);
        }
    }

    /** The client would wait for the name service as long as that likes; after this its answers are at hand. */
    private static void awaitNames(Map<String, Object> kafka) throws InterruptedException {
        var asking = new Thread(() -> bootstrap(kafka).forEach(KafkaPort::addresses), "kafka-names");
        asking.setDaemon(true);
        asking.start();
        asking.join(NAMES_FOUND_WITHIN.toMillis());
        if (asking.isAlive()) {
            throw unusable(kafka, "the name service does not answer; is bootstrap.servers right?", null);
        }
    }

    private static CommandFailure unusable(Map<String, Object> kafka, String problem, @Nullable Exception cause) {
        return CommandFailure.whileRunning(
                "cannot use Kafka at " + kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG) + ": " + problem, cause);
    }

    private String problem(ExecutionException failure) {
        Throwable cause = failure.getCause();
        String reason = CommandFailure.rootReason(failure);
        if (cause instanceof TimeoutException || cause instanceof DisconnectException) {
            return whatStandsThere();
        }
        if (cause instanceof SslAuthenticationException) {
            return "TLS fails: " + reason + "; " + cureOfTls(reason);
        }
        if (cause instanceof IllegalSaslStateException) {
            return "it wants no login; set security.protocol to " + (tls() ? "SSL" : "PLAINTEXT");
        }
        if (cause instanceof AuthenticationException) {
            return "it refuses the login: " + reason + "; check sasl.mechanism and sasl.jaas.config";
        }
        return reason;
    }

    private static String cureOfTls(String reason) {
        if (reason.contains("certification path") || reason.contains("PKIX")) {
            return "does ssl.truststore.location hold the authority of its certificate?";
        }
        if (reason.contains("subject alternative") || reason.contains("No name matching")) {
            return "call it in bootstrap.servers by a name that its certificate has";
        }
        if (reason.contains("certificate")) {
            return "it may want a certificate of this client: set ssl.keystore.location";
        }
        return "check security.protocol and what begins with ssl.";
    }

    private String whatStandsThere() {
        if (!advertised.isEmpty()) {
            return "it answers, and says that its brokers are at other addresses (advertised.listeners): "
                    + whatStandsAt(advertised);
        }
        return whatStandsAt(bootstrap(kafka));
    }

    private String whatStandsAt(List<KafkaPort> ports) {
        var asked = ports.stream()
                .limit(MOST_ADDRESSES)
                .map(port -> CompletableFuture.supplyAsync(() -> describe(port, port.ask(STEP_WITHIN)), task -> {
                    var thread = new Thread(task, "kafka-port");
                    thread.setDaemon(true);
                    thread.start();
                }))
                .toList();
        return asked.stream().map(CompletableFuture::join).collect(Collectors.joining("; "));
    }

    private static List<KafkaPort> bootstrap(Map<String, Object> kafka) {
        Object servers = kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        var addresses = servers instanceof List<?> list
                ? list.stream().map(String::valueOf)
                : Arrays.stream(String.valueOf(servers).split(",", -1));
        return addresses
                .map(String::strip)
                // What is no address, Kafka's client refuses itself.
                .filter(address -> Utils.getHost(address) != null)
                .map(address -> new KafkaPort(Utils.getHost(address), Utils.getPort(address)))
                .toList();
    }

    private String describe(KafkaPort port, Answer answer) {
        String told;
        if (answer instanceof KafkaPort.UnknownHost) {
            told = "there is no such host";
        } else if (answer instanceof KafkaPort.Refused) {
            told = "nothing listens there; is Kafka running, and is the port right?";
        } else if (answer instanceof KafkaPort.Silence) {
            told = "it does not answer; is the address right, and does no firewall keep this machine out?";
        } else if (answer instanceof KafkaPort.Http) {
            told = "that is a web server, not Kafka; is the port right?";
        } else if (answer instanceof KafkaPort.Tls && !tls()) {
            told = "it speaks TLS; set security.protocol to "
                    + (login() ? "SASL_SSL" : "SSL, or to SASL_SSL and a login");
        } else if (answer instanceof KafkaPort.Kafka broker && !protocol(broker).equals(protocol())) {
            told = "it speaks Kafka " + (broker.tls() ? "with" : "without") + " TLS and "
                    + (broker.logins().isEmpty()
                            ? "without a login"
                            : "wants a login by " + String.join(" or ", broker.logins()))
                    + "; set security.protocol to " + protocol(broker);
        } else if (answer instanceof KafkaPort.Other) {
            told = "it takes connections but does not answer as Kafka does; is the port right?";
        } else {
            told = "it answers, but not in time; is it still starting, or overloaded?";
        }
        return port.host() + ":" + port.port() + ": " + told;
    }

    private static String protocol(KafkaPort.Kafka broker) {
        return (broker.logins().isEmpty() ? "" : "SASL_") + (broker.tls() ? "SSL" : "PLAINTEXT");
    }

    private String protocol() {
        return String.valueOf(kafka.getOrDefault(AdminClientConfig.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT"))
                .toUpperCase(Locale.ROOT);
    }

    private boolean tls() {
        return protocol().endsWith("SSL");
    }

    private boolean login() {
        return protocol().startsWith("SASL");
    }

    /** Something to ask the cluster. */
    @FunctionalInterface
    interface Question<T> {
        T of(Admin admin) throws ExecutionException, InterruptedException;
    }
}
