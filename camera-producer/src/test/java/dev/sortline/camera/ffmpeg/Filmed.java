// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.source.PictureSink;
import dev.sortline.camera.source.StreamFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A camera that films on a thread of its own, and what it gave. */
public final class Filmed implements PictureSink, AutoCloseable {
    private final List<StreamFormat> formats = new CopyOnWriteArrayList<>();
    private final List<Picture> pictures = new CopyOnWriteArrayList<>();
    private final List<Unusable> unusable = new CopyOnWriteArrayList<>();
    private final CompletableFuture<@Nullable CameraFault> end = new CompletableFuture<>();
    private final Thread thread;

    private Filmed(CameraSource camera) {
        thread = new Thread(
                () -> {
                    try {
                        camera.film(this);
                        end.completeExceptionally(new AssertionError("it has ended without a fault"));
                    } catch (CameraFault fault) {
                        end.complete(fault);
                    } catch (InterruptedException e) {
                        end.complete(null);
                    } catch (Throwable e) {
                        end.completeExceptionally(e);
                    }
                },
                "filmed");
        thread.setDaemon(true);
    }

    /** Begins to film. */
    public static Filmed by(CameraSource camera) {
        var filmed = new Filmed(camera);
        filmed.thread.start();
        return filmed;
    }

    /** What ended it; null for an interrupt. Waits for it. */
    public @Nullable CameraFault end() {
        return end.join();
    }

    /** Whether it has ended. */
    public boolean hasEnded() {
        return end.isDone();
    }

    /** Interrupts it. */
    public void interrupt() {
        thread.interrupt();
    }

    /** The thread that films. */
    public Thread thread() {
        return thread;
    }

    public List<StreamFormat> formats() {
        return formats;
    }

    public List<Picture> pictures() {
        return pictures;
    }

    public List<Unusable> unusable() {
        return unusable;
    }

    @Override
    public void opened(StreamFormat format) {
        formats.add(format);
    }

    @Override
    public void take(Picture picture) {
        pictures.add(picture);
    }

    @Override
    public void unusable(Unusable why) {
        unusable.add(why);
    }

    @Override
    public void close() {
        interrupt();
        end.handle((fault, failure) -> fault).join();
    }
}
