// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ViewerTest {
    private static final Tick NEWS = new Tick(bytes("news"), Optional.empty(), Optional.empty());
    private static final Tick ALL = new Tick(bytes("news"), Optional.of(bytes("whole")), Optional.of(bytes("hello")));

    private final Pipe pipe = new Pipe();
    private final AtomicInteger hungUp = new AtomicInteger();
    private final Viewer viewer = new Viewer(pipe, hungUp::incrementAndGet);

    @Test
    void newViewerIsGreetedAndThenGetsTheNews() throws Exception {
        // Given
        viewer.onWritePossible();

        // When
        viewer.offer(ALL);
        viewer.offer(NEWS);

        // Then
        assertThat(pipe.written).containsExactly("hello", "flush", "news", "flush");
    }

    @Test
    void newViewerWaitsForATickThatHasItAll() throws Exception {
        // Given
        viewer.onWritePossible();

        // When
        viewer.offer(NEWS);

        // Then
        assertThat(pipe.written).isEmpty();
        assertThat(viewer.wantsWhole()).isTrue();
    }

    @Test
    void busyViewerMissesTicksAndThenGetsItAll() throws Exception {
        // Given
        viewer.onWritePossible();
        viewer.offer(ALL);
        pipe.room = 0;
        viewer.offer(NEWS);
        viewer.offer(NEWS);
        viewer.offer(NEWS);
        boolean askedWhileBusy = viewer.wantsWhole();

        // When
        pipe.room = Integer.MAX_VALUE;
        viewer.onWritePossible();
        viewer.offer(ALL);
        viewer.offer(NEWS);

        // Then
        assertThat(askedWhileBusy).isFalse();
        assertThat(pipe.written).containsExactly("hello", "flush", "news", "flush", "whole", "flush", "news", "flush");
    }

    @Test
    void viewerIsStuckOnlyWhileNothingIsTaken() throws Exception {
        // Given
        viewer.onWritePossible();
        viewer.offer(ALL);
        boolean before = viewer.stuckFor(Duration.ZERO);

        // When
        pipe.room = 0;
        viewer.offer(NEWS);

        // Then
        assertThat(before).isFalse();
        assertThat(viewer.stuckFor(Duration.ZERO)).isTrue();
        assertThat(viewer.stuckFor(Duration.ofHours(1))).isFalse();
    }

    @Test
    void brokenConnectionEndsTheViewer() throws Exception {
        // Given
        viewer.onWritePossible();
        pipe.broken = true;

        // When
        viewer.offer(ALL);

        // Then
        assertThat(viewer.gone()).isDone();
        assertThat(hungUp).hasValue(0);
    }

    @Test
    void atTheEndOnlyABusyViewerIsCut() throws Exception {
        // Given
        viewer.onWritePossible();
        var busy = new Viewer(new Pipe(), hungUp::incrementAndGet);

        // When
        viewer.end();
        busy.end();

        // Then
        assertThat(viewer.gone()).isDone();
        assertThat(busy.gone()).isDone();
        assertThat(hungUp).hasValue(1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What takes in so many writes until it is full. */
    private static final class Pipe extends ServletOutputStream {
        private final List<String> written = new ArrayList<>();
        private int room = Integer.MAX_VALUE;
        private boolean broken;
        private boolean full;

        @Override
        public boolean isReady() {
            full = full && room == 0;
            return !full;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (broken) {
                throw new IOException("broken");
            }
            written.add(new String(bytes, StandardCharsets.UTF_8));
            full = room == 0;
        }

        @Override
        public void flush() {
            written.add("flush");
        }

        @Override
        public void write(int each) {
            throw new UnsupportedOperationException("events are written whole");
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("the test calls itself");
        }
    }
}
