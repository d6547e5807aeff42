// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What others manage with the same frames of the same broker.
 *
 * @param conditions under which
 * @param fromLines lines that the frames came from
 * @param sizes the pictures as they are, then as large as a camera may send them
 * @param ratioToPlainConsumer the first size's
 * @param ratioToOnnxRuntime the first size's
 * @param ratioToBestPeer the first size's
 * @param leftOut who could not take part, and why
 */
public record PeersReport(
        Conditions conditions,
        int fromLines,
        List<Size> sizes,
        double ratioToPlainConsumer,
        double ratioToOnnxRuntime,
        double ratioToBestPeer,
        List<String> leftOut)
        implements BenchmarkReport {

    /** With the first size's ratios. */
    public PeersReport(Conditions conditions, int fromLines, List<Size> sizes, List<String> leftOut) {
        this(
                conditions,
                fromLines,
                sizes,
                sizes.get(0).ratioToPlainConsumer(),
                sizes.get(0).ratioToOnnxRuntime(),
                sizes.get(0).ratioToBestPeer(),
                leftOut);
    }

    public PeersReport {
        sizes = List.copyOf(sizes);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Who took the frames, and how.
     *
     * @param name for people
     * @param engine that ran the network
     * @param version of the engine
     * @param precision in which numbers the network ran
     * @param decoder that read the pictures, with its version
     * @param workers threads that ran the network at the same time, in the last turn
     * @param threadsARun threads that share one run; 0 where the engine decides
     * @param batch most pictures a run
     * @param framesPerSecond frames a second
     */
    public record Contestant(
            String name,
            String engine,
            String version,
            String precision,
            String decoder,
            int workers,
            int threadsARun,
            int batch,
            MedianOfTurns framesPerSecond) {

        private String line() {
            return String.format(
                    Locale.ROOT,
                    "  %-24s %8.1f frames a second; %s %s %s, %s; %d at once, up to %d a run%s",
                    name,
                    framesPerSecond.median(),
                    engine,
                    version,
                    precision,
                    decoder,
                    workers,
                    batch,
                    threadsARun > 1 ? ", which %d threads share".formatted(threadsARun) : "");
        }
    }

    /**
     * Pictures of one size.
     *
     * @param pictures width and height of the first, as {@code 512x384}
     * @param meanBytes of a picture's file
     * @param sortline the line
     * @param plainConsumer reads with ImageIO and runs TensorFlow in float32, one frame a call; publishes nothing
     * @param onnxRuntime reads with ImageIO and runs ONNX Runtime in float32, as it is best; publishes nothing
     * @param bestPeers those that do all that a good engineer would, and publish
     * @param ratioToPlainConsumer the line's frames a second in parts of the plain consumer's
     * @param ratioToOnnxRuntime the line's in parts of that with ONNX Runtime and ImageIO
     * @param bestPeer the name of the fastest of all peers
     * @param ratioToBestPeer the line's in parts of its
     */
    public record Size(
            String pictures,
            int meanBytes,
            Contestant sortline,
            Contestant plainConsumer,
            Contestant onnxRuntime,
            List<Contestant> bestPeers,
            double ratioToPlainConsumer,
            double ratioToOnnxRuntime,
            String bestPeer,
            double ratioToBestPeer) {
        public Size {
            bestPeers = List.copyOf(bestPeers);
        }

        /** With the ratios that follow. */
        public static Size of(
                String pictures,
                int meanBytes,
                Contestant sortline,
                Contestant plainConsumer,
                Contestant onnxRuntime,
                List<Contestant> bestPeers) {
            Contestant best = plainConsumer;
            List<Contestant> peers = new ArrayList<>(bestPeers);
            peers.add(onnxRuntime);
            for (Contestant peer : peers) {
                best = peer.framesPerSecond().median() > best.framesPerSecond().median() ? peer : best;
            }
            MedianOfTurns line = sortline.framesPerSecond();
            return new Size(
                    pictures,
                    meanBytes,
                    sortline,
                    plainConsumer,
                    onnxRuntime,
                    bestPeers,
                    line.ratioTo(plainConsumer.framesPerSecond()),
                    line.ratioTo(onnxRuntime.framesPerSecond()),
                    best.name(),
                    line.ratioTo(best.framesPerSecond()));
        }

        private List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add(String.format(Locale.ROOT, "%s, %.1f kB a picture", pictures, meanBytes / 1000.0));
            lines.add(sortline.line());
            lines.add(plainConsumer.line());
            lines.add(onnxRuntime.line());
            bestPeers.forEach(peer -> lines.add(peer.line()));
            lines.add(String.format(Locale.ROOT, "  ratioToPlainConsumer     %8.2f", ratioToPlainConsumer));
            lines.add(String.format(Locale.ROOT, "  ratioToOnnxRuntime       %8.2f", ratioToOnnxRuntime));
            lines.add(String.format(Locale.ROOT, "  ratioToBestPeer          %8.2f, %s", ratioToBestPeer, bestPeer));
            return lines;
        }
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        sizes.forEach(size -> lines.addAll(size.lines()));
        leftOut.forEach(peer -> lines.add("left out: " + peer));
        return lines;
    }
}
