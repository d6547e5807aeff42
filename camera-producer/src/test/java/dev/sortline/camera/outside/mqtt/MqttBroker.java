// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside.mqtt;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An MQTT 5 broker in this JVM, on loopback, that lets one user in. There is one for all tests, for it takes seconds to start and to stop. */
final class MqttBroker {
    static final String USER = "camera";
    static final String PASSWORD = "secret";

    private static final MqttBroker RUNNING = new MqttBroker();

    private final int port = freePort();

    private MqttBroker() {
        try {
            Path folder = Files.createTempDirectory("sortline-mqtt");
            Path configuration = Files.createDirectories(folder.resolve("conf"));
            Files.writeString(
                    configuration.resolve("config.xml"),
                    """
                    <hivemq>
                      <listeners>
                        <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
                      </listeners>
                      <persistence><mode>in-memory</mode></persistence>
                      <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                    </hivemq>
                    """
                            .formatted(port));
            EmbeddedHiveMQ.builder()
                    .withConfigurationFolder(configuration)
                    .withDataFolder(Files.createDirectories(folder.resolve("data")))
                    .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
                    .withEmbeddedExtension(EmbeddedExtension.builder()
                            .withId("password")
                            .withName("password")
                            .withVersion("1")
                            .withExtensionMain(new Door())
                            .build())
                    .withoutLoggingBootstrap()
                    .build()
                    .start()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MqttBroker running() {
        return RUNNING;
    }

    int port() {
        return port;
    }

    private static int freePort() {
        try {
            return LoopbackPort.free();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets whoever has the password in. */
    private static final class Door implements ExtensionMain, SimpleAuthenticator {
        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            Services.securityRegistry().setAuthenticatorProvider(unused -> this);
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}

        @Override
        public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
            var packet = input.getConnectPacket();
            boolean known = packet.getUserName().map(USER::equals).orElse(false)
                    && packet.getPassword()
                            .map(word -> StandardCharsets.UTF_8.decode(word).toString())
                            .map(PASSWORD::equals)
                            .orElse(false);
            if (known) {
                output.authenticateSuccessfully();
            } else {
                output.failAuthentication();
            }
        }
    }
}
