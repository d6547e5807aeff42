// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.sortline.camera.outside.CallSink;
import dev.sortline.camera.outside.CallSource;
import dev.sortline.camera.trigger.CallOutcome;
import dev.sortline.camera.trigger.OutsideCall;
import dev.sortline.trouble.OneLine;
import dev.sortline.trouble.RootCause;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to a controller's node. A call's moment is when its change arrived; the controller's own time is not taken, for few have a
 * clock that is set. What the node is when the connection begins is no trigger: nobody knows since when.
 */
final class OpcUaCalls implements CallSource {
    private final OpcUaCallSettings settings;
    private final String name;
    private final InstantSource clock;

    OpcUaCalls(OpcUaCallSettings settings, String name, InstantSource clock) {
        this.settings = settings;
        this.name = name;
        this.clock = clock;
    }

    /** What happens on a connection, in its order; all is done on the thread that listens. */
    private sealed interface Event {
        record Changed(@Nullable Object value, Instant at) implements Event {}

        /** @param turn of the trigger that it answers */
        record Answered(long turn, CallOutcome outcome) implements Event {}

        record Lost() implements Event {}
    }

    @Override
    public void listen(CallSink calls) throws IOException, InterruptedException {
        OpcUaClient client = null;
        try {
            client = client();
            var watch = new Watch(client, calls);
            watch.begin();
            while (true) {
                watch.next();
            }
        } catch (UaException e) {
            if (Thread.interrupted() || RootCause.of(e) instanceof InterruptedException) {
                throw new InterruptedException();
            }
            throw new IOException("%s: %s".formatted(place(), RootCause.of(e).getMessage()), e);
        } finally {
            leave(client);
        }
    }

    @Override
    public String place() {
        return "OPC UA controller at " + settings.endpoint();
    }

    private OpcUaClient client() throws UaException {
        var timeout = uint(settings.timeout().toMillis());
        return OpcUaClient.create(
                settings.endpoint(),
                offered -> offered.stream()
                        .filter(each -> SecurityPolicy.None.getUri().equals(each.getSecurityPolicyUri()))
                        .findFirst()
                        .map(this::reachable),
                transport -> transport.setConnectTimeout(timeout).setAcknowledgeTimeout(timeout),
                config -> config.setApplicationName(LocalizedText.english("Sortline camera " + name))
                        .setApplicationUri("urn:sortline:camera")
                        .setProductUri("urn:sortline:camera")
                        .setRequestTimeout(timeout)
                        .setKeepAliveInterval(timeout)
                        .setKeepAliveTimeout(timeout)
                        .setKeepAliveFailuresAllowed(uint(1)));
    }

    /** Many controllers name themselves as only they can be reached. */
    private EndpointDescription reachable(EndpointDescription offered) {
        return EndpointUtil.updateUrl(
                offered, EndpointUtil.getHost(settings.endpoint()), EndpointUtil.getPort(settings.endpoint()));
    }

    private void leave(@Nullable OpcUaClient client) {
        if (client == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            var unused = client.disconnectAsync().get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It is gone either way.
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection. */
    private final class Watch {
        private final OpcUaClient client;
        private final CallSink calls;
        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private boolean known;
        private @Nullable Object last;
        private long turn;

        Watch(OpcUaClient client, CallSink calls) {
            this.client = client;
            this.calls = calls;
        }

        void begin() throws UaException, IOException {
            var unused = client.connect();
            client.addSessionActivityListener(new SessionActivityListener() {
                @Override
                public void onSessionInactive(UaSession session) {
                    events.add(new Event.Lost());
                }
            });
            answer(settings.taken(), false);
            answer(settings.missed(), false);
            var subscription = new OpcUaSubscription(client, settings.publishing());
            subscription.create();
            var item = OpcUaMonitoredItem.newDataItem(node(settings.trigger()));
            item.setSamplingInterval(settings.publishing());
            item.setQueueSize(uint(16));
            item.setDataValueListener((source, value) ->
                    events.add(new Event.Changed(value.value().value(), clock.instant())));
            subscription.addMonitoredItem(item);
            StatusCode status =
                    subscription.createMonitoredItems().get(0).operationResult().orElse(StatusCode.GOOD);
            if (!status.isGood()) {
                throw new IOException("%s: cannot watch node %s: %s".formatted(place(), settings.trigger(), status));
            }
        }

        void next() throws UaException, IOException, InterruptedException {
            Event event = events.take();
            if (event instanceof Event.Changed changed) {
                changed(changed);
            } else if (event instanceof Event.Answered answered) {
                // Of an earlier one the controller would take it for the answer to the last.
                if (answered.turn() == turn) {
                    answer(answered.outcome().isTaken() ? settings.taken() : settings.missed(), true);
                }
            } else {
                throw new IOException("%s: the session was lost".formatted(place()));
            }
        }

        private void changed(Event.Changed changed) throws UaException, IOException {
            Object value = changed.value();
            boolean called = known && value != null && !value.equals(last) && !Boolean.FALSE.equals(value);
            if (known && !called && !Boolean.FALSE.equals(value)) {
                return;
            }
            if (!known) {
                calls.opened();
            }
            known = true;
            last = value;
            answer(settings.taken(), false);
            answer(settings.missed(), false);
            if (called) {
                call(changed.at());
            }
        }

        private void call(Instant at) throws UaException, IOException {
            OutsideCall call;
            Object item = value(settings.item());
            Object encoder = value(settings.encoder());
            try {
                call = new OutsideCall(
                        item == null ? null : item.toString(),
                        encoder instanceof Number count ? count.longValue() : null,
                        at);
            } catch (IllegalArgumentException e) {
                calls.unreadable("node %s: %s".formatted(settings.item(), OneLine.of(e.getMessage(), 200)));
                answer(settings.missed(), true);
                return;
            }
            long own = ++turn;
            var unused = calls.call(call).thenAccept(outcome -> events.add(new Event.Answered(own, outcome)));
        }

        private @Nullable Object value(@Nullable String node) throws UaException, IOException {
            if (node == null) {
                return null;
            }
            DataValue read = client.readValue(0, TimestampsToReturn.Neither, node(node));
            if (!read.statusCode().isGood()) {
                throw new IOException("%s: cannot read node %s: %s".formatted(place(), node, read.statusCode()));
            }
            return read.value().value();
        }

        private void answer(@Nullable String node, boolean on) throws UaException, IOException {
            if (node == null) {
                return;
            }
            var value = DataValue.valueOnly(Variant.ofBoolean(on));
            StatusCode status =
                    client.writeValues(List.of(node(node)), List.of(value)).get(0);
            if (!status.isGood()) {
                throw new IOException("%s: cannot write to node %s: %s".formatted(place(), node, status));
            }
        }

        private NodeId node(String id) throws IOException {
            Optional<NodeId> found = ExpandedNodeId.parse(id).toNodeId(client.getNamespaceTable());
            return found.orElseThrow(() -> new IOException("%s: has no namespace for node %s".formatted(place(), id)));
        }
    }
}
