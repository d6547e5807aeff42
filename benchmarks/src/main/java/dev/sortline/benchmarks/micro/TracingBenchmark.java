// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.micro;

import dev.sortline.tracing.FrameTracing;
import dev.sortline.tracing.TraceExport;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What tracing takes of each process's time for a frame, as the environment says: off, for one frame in a hundred, for all. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TracingBenchmark {
    private FrameTracing tracing = FrameTracing.OFF;

    @Setup
    public void begin() {
        tracing = TraceExport.ofEnvironment("sortline-bench");
    }

    @TearDown
    public void end() {
        tracing.close();
    }

    /** The producer's part. */
    @Benchmark
    public Headers sending() {
        Headers headers = new RecordHeaders();
        tracing.sending(DecidedFrame.FRAME, headers).settled(null);
        return headers;
    }

    /** The classifier's part, of frames whose producer says nothing. */
    @Benchmark
    public Headers classifying() {
        Headers headers = new RecordHeaders();
        tracing.received(DecidedFrame.FRAME, headers);
        tracing.decided(DecidedFrame.EVENT, headers);
        return headers;
    }

    /** The gateway's part, of events whose classifier says nothing. */
    @Benchmark
    public Headers firing() {
        Headers headers = new RecordHeaders();
        tracing.received(DecidedFrame.EVENT, headers);
        tracing.settled(DecidedFrame.EVENT, "fired");
        return headers;
    }
}
