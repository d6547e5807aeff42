// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.mqtt;

import static org.awaitility.Awaitility.await;

import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.ActuatorDriverContractTest;
import dev.sortline.gateway.firing.Announcement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class MqttContractTest extends ActuatorDriverContractTest {
    private static final Pattern EJECTOR = Pattern.compile("\"ejector\":(\\d+)");

    @Override
    protected int controllerPort() {
        return MqttBroker.running().port();
    }

    @Override
    protected ActuatorDriver driver(int port) {
        return new MqttSettings("127.0.0.1", port, null, null, null, null).open("plc");
    }

    @Override
    protected Controller controller(int port) {
        var plc = new MqttListener(port, "sortline/" + LINE + "/#");
        return new Controller() {
            @Override
            public List<Integer> shots() {
                return plc.lines().stream()
                        .filter(message -> message.startsWith("sortline/" + LINE + "/actuations"))
                        .map(EJECTOR::matcher)
                        .filter(Matcher::find)
                        .map(found -> Integer.parseInt(found.group(1)))
                        .toList();
            }

            @Override
            public void settle() throws Exception {
                var beside = driver(port);
                beside.connect();
                int before = plc.lines().size();
                beside.announce(new Announcement(shot(7).event(), shot(7), null));
                await().until(() -> plc.lines().size() > before);
                beside.disconnect();
            }

            @Override
            public void close() {
                plc.close();
            }
        };
    }
}
