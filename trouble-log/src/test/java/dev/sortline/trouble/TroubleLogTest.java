// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serial;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

class TroubleLogTest {
    private final Lines lines = new Lines();
    private final Deque<Runnable> seconds = new ArrayDeque<>();
    private final TroubleLog log = new TroubleLog(lines, seconds::add);

    @Test
    void firstLineComesAtOnce() {
        // Given
        String line = "Frame at sortline.frames-0@7 refused, corrupt: cut off";

        // When
        log.warn("corrupt", line);

        // Then
        assertThat(lines.told).containsExactly("WARN " + line);
    }

    @Test
    void floodBecomesALineASecondWithTheCountOfThoseHeldBack() {
        // Given
        for (int i = 1; i <= 1_000; i++) {
            log.warn("corrupt", "frame " + i);
        }

        // When
        aSecondPasses();

        // Then
        assertThat(lines.told)
                .containsExactly("WARN frame 1", "WARN frame 1000 (and 998 more like it within a second)");
    }

    @Test
    void secondAfterAFloodHoldsBackToo() {
        // Given
        log.warn("corrupt", "first");
        log.warn("corrupt", "second");
        aSecondPasses();

        // When
        log.warn("corrupt", "third");

        // Then
        assertThat(lines.told).containsExactly("WARN first", "WARN second");
        aSecondPasses();
        assertThat(lines.told).last().isEqualTo("WARN third");
    }

    @Test
    void troubleThatIsOverIsForgotten() {
        // Given
        log.error("corrupt", "first");
        aSecondPasses();

        // When
        log.error("corrupt", "second");

        // Then
        assertThat(lines.told).containsExactly("ERROR first", "ERROR second");
    }

    @Test
    void otherTroubleIsToldBeside() {
        // Given
        log.warn("corrupt", "first");

        // When
        log.warn("unknown-line", "second");

        // Then
        assertThat(lines.told).containsExactly("WARN first", "WARN second");
    }

    @Test
    void noLineIsLongerThanItsBound() {
        // Given
        String endless = "{}".repeat(1 << 20);
        log.warn("corrupt", endless);
        log.warn("corrupt", endless);
        log.warn("corrupt", endless);

        // When
        aSecondPasses();

        // Then
        assertThat(lines.told).hasSize(2).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo("WARN ".length() + TroubleLog.MOST_CHARACTERS)
                .startsWith("WARN {}{}"));
    }

    private void aSecondPasses() {
        seconds.remove().run();
    }

    /** Keeps what it is told. */
    private static final class Lines extends LegacyAbstractLogger {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient List<String> told = new ArrayList<>();

        @Override
        protected String getFullyQualifiedCallerName() {
            return TroubleLog.class.getName();
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable throwable) {
            told.add(level + " " + message);
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
