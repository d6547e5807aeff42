// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file system of its own that can be made full: a file that is mounted through a loop device. Linux, for root alone. */
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final Path folder;
    private final Path filler;

    private SmallDisk(Path folder) {
        this.folder = folder;
        filler = folder.resolve("filler");
    }

    /**
     * Makes and mounts it; empty where that is not allowed.
     *
     * @param in holds its file and its mount point
     */
    public static Optional<SmallDisk> mount(Path in, long bytes) throws IOException, InterruptedException {
        Path file = in.resolve("disk.image");
        Path folder = Files.createDirectory(in.resolve("disk"));
        try (var image = new RandomAccessFile(file.toFile(), "rw")) {
            image.setLength(bytes);
        }
        return run("mkfs.ext4", "-q", "-F", "-m", "0", file.toString())
                        && run("mount", "-o", "loop", file.toString(), folder.toString())
                ? Optional.of(new SmallDisk(folder))
                : Optional.empty();
    }

    /** Where it is mounted. */
    public Path folder() {
        return folder;
    }

    /** Leaves no room. */
    public void fill() throws IOException {
        try (var channel = FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (true) {
                channel.write(ByteBuffer.allocate(BLOCK));
            }
        } catch (IOException e) {
            // It is full.
            if (folder.toFile().getUsableSpace() > BLOCK) {
                throw e;
            }
        }
    }

    /** Gives the room back. */
    public void free() throws IOException {
        Files.deleteIfExists(filler);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (!run("umount", folder.toString())) {
            throw new IOException("cannot unmount " + folder);
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
