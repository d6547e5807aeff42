// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One way to run a network.
 *
 * @param precision in which numbers
 * @param workers threads that read pictures and call the network, at least 1
 * @param threadsARun threads that share one run; 0 where the engine decides
 * @param batch pictures a run, at least 1
 */
record PeerSetup(String precision, int workers, int threadsARun, int batch) {
    private static final List<Integer> BATCHES = List.of(1, 4, 8, 16);

    /** Opens the network as a setup has it. */
    @FunctionalInterface
    interface Opening {
        PeerNetwork open(PeerSetup setup) throws Exception;
    }

    /** All processors on one run, and a run a processor, each with several batches. */
    static List<PeerSetup> sharingProcessors(String precision) {
        int processors = Runtime.getRuntime().availableProcessors();
        return Stream.of(1, processors)
                .distinct()
                .flatMap(workers ->
                        BATCHES.stream().map(batch -> new PeerSetup(precision, workers, processors / workers, batch)))
                .toList();
    }

    /** One to four workers a processor, each with several batches, for an engine that has its own threads. */
    static List<PeerSetup> asking(String precision) {
        int processors = Runtime.getRuntime().availableProcessors();
        return Stream.of(1, 2, 4)
                .flatMap(workers ->
                        BATCHES.stream().map(batch -> new PeerSetup(precision, workers * processors, 0, batch)))
                .toList();
    }

    /** Frames a second that a setup came to. */
    private record Tried(PeerSetup setup, double framesPerSecond) {}

    /**
     * The setup that takes most pictures a second on this machine now.
     *
     * @param opening is called once for those of equal precision and threads a run
     * @param frames of each trial, at least 1
     */
    static PeerSetup best(
            List<PeerSetup> setups, Opening opening, PictureReader reader, int size, List<byte[]> pictures, int frames)
            throws Exception {
        List<Tried> tried = new ArrayList<>();
        Map<List<Object>, List<PeerSetup>> byNetwork = setups.stream()
                .collect(Collectors.groupingBy(
                        setup -> List.of(setup.precision, setup.threadsARun), LinkedHashMap::new, Collectors.toList()));
        for (List<PeerSetup> sharing : byNetwork.values()) {
            try (PeerNetwork network = opening.open(sharing.get(0))) {
                for (PeerSetup setup : sharing) {
                    tried.add(new Tried(setup, framesPerSecond(setup, network, reader, size, pictures, frames)));
                }
            }
        }
        return tried.stream()
                .max(Comparator.comparingDouble(Tried::framesPerSecond))
                .orElseThrow()
                .setup();
    }

    private static double framesPerSecond(
            PeerSetup setup, PeerNetwork network, PictureReader reader, int size, List<byte[]> pictures, int frames)
            throws InterruptedException, ExecutionException {
        int warmUp = Math.max(1, frames / 4);
        var stopwatch = new Stopwatch(warmUp, warmUp + (long) frames);
        try (var workers = new BatchWorkers(
                reader,
                network,
                size,
                setup.workers(),
                setup.batch(),
                (answered, rows) -> stopwatch.done(answered.size()))) {
            for (int i = 0; i < warmUp + frames; i++) {
                workers.take(new PeerFrame("", "", pictures.get(i % pictures.size())));
            }
            workers.finish();
        }
        return stopwatch.framesPerSecond();
    }
}
