// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import dev.sortline.contract.CameraStatus;
import dev.sortline.contract.CameraTrouble;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.gateway.driver.CameraBits;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.Shot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * What clients of the OPC UA server see: a folder a line, as docs/plc.md has it. Nodes come into being when there is first something to
 * show. Belongs to one thread at a time, save for who looks at it.
 */
final class LineNamespace extends ManagedNamespaceWithLifecycle {
    static final String URI = "urn:sortline:lines";

    private static final String ROOT = "Sortline";
    private static final long MOST = 0xffff_ffffL;
    private static final int MOST_CAMERAS = 256;

    /** Of an ejector, the one that says whether it is to be held. */
    private static final String FIRE = "/Fire";

    private final SubscriptionModel subscriptions;
    private final FireWatchers watchers = new FireWatchers();
    private final Map<String, UaFolderNode> folders = new HashMap<>();
    private final Map<String, UaVariableNode> variables = new ConcurrentHashMap<>();
    private final Set<String> camerasShown = new HashSet<>();

    LineNamespace(OpcUaServer server) {
        super(server, URI);
        subscriptions = new SubscriptionModel(server, this);
        getLifecycleManager().addLifecycle(subscriptions);
        getLifecycleManager().addStartupTask(() -> folder(ROOT));
    }

    void show(LineStatus status) {
        String line = status.lineId();
        show(line + "/Alive", status.alive());
        show(line + "/DryRun", status.dryRun());
        show(line + "/Heartbeat", number(status.beat()));
        for (EventFate fate : EventFate.values()) {
            show(line + "/Totals/" + fate.word(), number(status.fates().getOrDefault(fate, 0L)));
        }
        showCameras(line + "/Cameras", status.cameras());
        status.shots().forEach((ejector, shots) -> show(ejector(line, ejector) + "/Shots", number(shots)));
    }

    private void showCameras(String folder, List<CameraStatus> cameras) {
        int bits = CameraBits.of(cameras);
        show(folder + "/Well", bits == 0);
        show(folder + "/Trouble", number(bits));
        for (CameraStatus camera : cameras) {
            String each = folder + "/" + camera.cameraId();
            // Nodes stay: what makes up names without end must not fill the server with them.
            if (camerasShown.contains(each) || camerasShown.size() < MOST_CAMERAS) {
                camerasShown.add(each);
                Long age = camera.lastFrameAgeMillis();
                show(
                        each + "/Troubles",
                        camera.troubles().stream().map(CameraTrouble::name).collect(Collectors.joining(" ")));
                show(each + "/LastFrameAge", age == null ? -1L : age);
            }
        }
        // Of the others nobody tells any more.
        Set<String> told =
                cameras.stream().map(camera -> folder + "/" + camera.cameraId()).collect(Collectors.toSet());
        camerasShown.stream()
                .filter(each -> each.startsWith(folder + "/") && !told.contains(each))
                .forEach(each -> {
                    show(each + "/Troubles", "UNKNOWN");
                    show(each + "/LastFrameAge", -1L);
                });
    }

    void show(Announcement announcement) {
        RoutingEvent event = announcement.event();
        Shot shot = announcement.shot();
        EventFate fate = announcement.fate();
        String item = event.lineId() + "/LastItem";
        show(item + "/Id", event.itemId());
        show(item + "/Decision", event.decision().name());
        show(item + "/Label", event.label() == null ? "" : event.label());
        show(item + "/Lane", event.lane());
        show(item + "/Ejector", event.ejector() == null ? -1 : event.ejector());
        show(item + "/Confidence", event.confidence() == null ? 0.0 : event.confidence());
        show(item + "/FireAtEncoder", event.fireAtEncoder() == null ? 0L : event.fireAtEncoder());
        show(item + "/Shot", number(shot == null ? 0 : shot.number()));
        show(item + "/Fate", fate == null ? "" : fate.word());
        if (shot != null) {
            showEjector(shot);
        }
    }

    /** Whether an ejector is to be held. */
    void hold(Shot shot, boolean on) {
        String ejector = ejector(shot.lineId(), shot.ejector());
        if (on) {
            show(ejector + "/Shot", number(shot.number()));
        }
        show(ejector + FIRE, on);
    }

    /** Has an ejector be there, for who wants to watch it. */
    void showEjector(Shot shot) {
        if (!variables.containsKey(fire(shot))) {
            hold(shot, false);
        }
    }

    /** The sessions that are told of an ejector's shots because they have subscribed to them. */
    Set<Session> watchers(Shot shot) {
        return watchers.sessions(fire(shot));
    }

    /** Whether somebody reads it again and again. */
    boolean isRead(Shot shot) {
        return watchers.isRead(fire(shot));
    }

    @Override
    public List<DataValue> read(
            ReadContext context, Double maxAge, TimestampsToReturn timestamps, List<ReadValueId> wanted) {
        // What is sampled for subscribers is read in nobody's name.
        if (context.getSession().isPresent()) {
            for (ReadValueId each : wanted) {
                Object id = each.getNodeId().getIdentifier();
                if (id instanceof String path && path.endsWith(FIRE) && variables.containsKey(path)) {
                    watchers.read(path);
                }
            }
        }
        return super.read(context, maxAge, timestamps, wanted);
    }

    private static String fire(Shot shot) {
        return ejector(shot.lineId(), shot.ejector()) + FIRE;
    }

    private static String ejector(String line, int number) {
        return line + "/Ejectors/" + number;
    }

    private static UInteger number(long value) {
        return UInteger.valueOf(value & MOST);
    }

    private void show(String path, Object value) {
        variables.computeIfAbsent(path, unused -> variable(path, value)).setValue(new DataValue(new Variant(value)));
    }

    private UaVariableNode variable(String path, Object first) {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        var node = new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                .setNodeId(newNodeId(path))
                .setBrowseName(newQualifiedName(name))
                .setDisplayName(LocalizedText.english(name))
                .setDataType(typeOf(first))
                .setTypeDefinition(NodeIds.BaseDataVariableType)
                .setAccessLevel(AccessLevel.READ_ONLY)
                .setUserAccessLevel(AccessLevel.READ_ONLY)
                .setMinimumSamplingInterval(0.0)
                .build();
        getNodeManager().addNode(node);
        folder(path.substring(0, slash)).addOrganizes(node);
        return node;
    }

    private UaFolderNode folder(String path) {
        UaFolderNode known = folders.get(path);
        if (known != null) {
            return known;
        }
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        var folder = new UaFolderNode(
                getNodeContext(), newNodeId(path), newQualifiedName(name), LocalizedText.english(name));
        getNodeManager().addNode(folder);
        folders.put(path, folder);
        if (path.equals(ROOT)) {
            folder.addReference(
                    new Reference(folder.getNodeId(), NodeIds.Organizes, NodeIds.ObjectsFolder.expanded(), false));
        } else {
            folder(slash < 0 ? ROOT : path.substring(0, slash)).addOrganizes(folder);
        }
        return folder;
    }

    private static NodeId typeOf(Object value) {
        if (value instanceof Boolean) {
            return NodeIds.Boolean;
        }
        if (value instanceof UInteger) {
            return NodeIds.UInt32;
        }
        if (value instanceof Integer) {
            return NodeIds.Int32;
        }
        if (value instanceof Long) {
            return NodeIds.Int64;
        }
        return value instanceof Double ? NodeIds.Double : NodeIds.String;
    }

    @Override
    public void onDataItemsCreated(List<DataItem> items) {
        for (DataItem item : items) {
            if (item.getReadValueId().getNodeId().getIdentifier() instanceof String path && path.endsWith(FIRE)) {
                watchers.subscribe(item);
            }
        }
        subscriptions.onDataItemsCreated(items);
    }

    @Override
    public void onDataItemsModified(List<DataItem> items) {
        subscriptions.onDataItemsModified(items);
    }

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {
        watchers.unsubscribe(items);
        subscriptions.onDataItemsDeleted(items);
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {
        subscriptions.onMonitoringModeChanged(items);
    }
}
