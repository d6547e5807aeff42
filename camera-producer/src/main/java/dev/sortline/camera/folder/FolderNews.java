// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Hears from the operating system that something was written in folders. Network drives tell nothing: so nobody may rely on it. For one thread. */
final class FolderNews implements AutoCloseable {
    private final WatchService service;
    private final Map<Path, WatchKey> keys = new HashMap<>();

    FolderNews(Path folder) throws IOException {
        service = folder.getFileSystem().newWatchService();
    }

    /**
     * Listens in these folders, and in no others.
     *
     * @throws IOException when the system allows no more; it hears of the others all the same
     */
    void listenIn(List<Path> folders) throws IOException {
        Set<Path> wanted = new HashSet<>(folders);
        keys.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey()) || !entry.getValue().isValid();
            if (gone) {
                entry.getValue().cancel();
            }
            return gone;
        });
        for (Path folder : folders) {
            if (!keys.containsKey(folder)) {
                keys.put(
                        folder,
                        folder.register(
                                service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY));
            }
        }
    }

    /** Waits, and returns whether something was written that may be a picture. */
    boolean await(long nanos) throws InterruptedException {
        WatchKey key = service.poll(nanos, TimeUnit.NANOSECONDS);
        boolean news = false;
        while (key != null) {
            for (WatchEvent<?> event : key.pollEvents()) {
                news |= !(event.context() instanceof Path file) || !FolderLook.isIgnored(file);
            }
            key.reset();
            key = service.poll();
        }
        return news;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
