// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A source that is listened to on a thread of its own, from when it is connected until it is closed. */
public final class Listening implements AutoCloseable {
    /** How it ended. */
    public final CompletableFuture<Exception> ended = new CompletableFuture<>();

    private final Thread thread;

    private Listening(CallSource source, CallSink sink) {
        thread = new Thread(() -> {
            try {
                source.listen(sink);
                ended.completeExceptionally(new AssertionError("it just returned"));
            } catch (Exception e) {
                ended.complete(e);
            }
        });
        thread.start();
    }

    /** Listens, and comes back when the connection is there. */
    public static Listening to(CallSource source, RecordingSink sink) throws InterruptedException {
        var listening = new Listening(source, sink);
        assertThat(sink.opened.await(60, TimeUnit.SECONDS)).isTrue();
        return listening;
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
