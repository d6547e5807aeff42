// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second watcher out of a folder, in this process or another, by a lock on a hidden file in it. It ends with the process. */
final class FolderLock implements AutoCloseable {
    private static final String NAME = ".sortline-watch.lock";

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes it.
     *
     * @throws FolderInUseException when another has it
     * @throws IOException when the folder cannot be written to, or its file system knows no locks
     */
    static FolderLock take(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new FolderInUseException(folder);
            }
            return new FolderLock(file, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Whether it is still that of the folder which is there now: one that was removed and made again has none. */
    boolean holds() {
        return Files.exists(file);
    }

    /** Gives it back. The file stays: to delete it would let two in, one by the old file and one by a new. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
