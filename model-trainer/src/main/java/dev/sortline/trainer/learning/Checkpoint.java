// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.trainer.progress.TrainingInputException;
import dev.sortline.trainer.writing.WholeFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a training stands, in a file beside the package to be: written whole after each epoch, and within one every two minutes, so that a
 * training that was killed goes on from there.
 */
public final class Checkpoint {
    /** A kill costs no more of the work than this, and writing a hundredth of it. */
    private static final Duration INTERVAL = Duration.ofMinutes(2);

    private final Path file;
    private final String fingerprint;
    private final InstantSource clock;
    private final Effort.Meter meter;
    private Effort earlier = Effort.NONE;
    private Instant written;

    /**
     * @param out the package's place; the checkpoint lies beside it
     * @param fingerprint of request, recipe and data: a checkpoint of another training is of no use
     * @param clock tells when the next one is due
     */
    public Checkpoint(Path out, String fingerprint, InstantSource clock) {
        Path target = out.toAbsolutePath().normalize();
        this.file = target.resolveSibling("." + target.getFileName() + ".checkpoint");
        this.fingerprint = fingerprint;
        this.clock = clock;
        this.meter = new Effort.Meter(clock);
        this.written = clock.instant();
    }

    /** What the training has taken so far, with what it took up to the checkpoint that it went on from. */
    public Effort effort() {
        return earlier.plus(meter.spent());
    }

    /**
     * How far the training has come.
     *
     * @param finished runs that are over
     * @param epochs of the run after them that are done, with those that all runs share
     * @param batches of the epoch after those that are done
     * @param lossSum of these batches
     */
    record Position(List<TrainedRun> finished, int epochs, int batches, double lossSum) {
        static final Position START = new Position(List.of(), 0, 0, 0);

        Position {
            finished = List.copyOf(finished);
        }

        /** A batch further. */
        Position afterBatch(double loss) {
            return new Position(finished, epochs, batches + 1, lossSum + loss);
        }

        /** The epoch is over. */
        Position afterEpoch() {
            return new Position(finished, epochs + 1, 0, 0);
        }

        /**
         * A run is over, and the next one begins.
         *
         * @param shared epochs that it has in common with the others
         */
        Position afterRun(TrainedRun run, int shared) {
            List<TrainedRun> all = new ArrayList<>(finished);
            all.add(run);
            return new Position(all, shared, 0, 0);
        }
    }

    /** Whether it is long enough ago that one was written. */
    boolean isDue() {
        return !clock.instant().isBefore(written.plus(INTERVAL));
    }

    /** Puts the training where the last checkpoint of this very request was, if there is one. */
    Position resume(TrainingState state) throws IOException {
        if (!Files.exists(file)) {
            return Position.START;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (!in.readUTF().equals(fingerprint)) {
                return Position.START;
            }
            List<TrainedRun> finished = new ArrayList<>();
            int runs = in.readInt();
            for (int run = 0; run < runs; run++) {
                finished.add(new TrainedRun(in.readDouble(), state.readAverages(in)));
            }
            Position position = new Position(finished, in.readInt(), in.readInt(), in.readDouble());
            state.read(in);
            earlier = new Effort(Duration.ofNanos(in.readLong()), Duration.ofNanos(in.readLong()));
            return position;
        } catch (EOFException | UTFDataFormatException e) {
            throw new TrainingInputException(file + " is damaged: delete it, and the training starts anew", e);
        }
    }

    void write(TrainingState state, Position position) throws IOException {
        Files.createDirectories(file.getParent());
        WholeFile.write(file, bytes -> {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeUTF(fingerprint);
            out.writeInt(position.finished().size());
            for (TrainedRun run : position.finished()) {
                out.writeDouble(run.accuracy());
                TrainingState.write(out, run.weights());
            }
            out.writeInt(position.epochs());
            out.writeInt(position.batches());
            out.writeDouble(position.lossSum());
            state.write(out);
            Effort effort = effort();
            out.writeLong(effort.clock().toNanos());
            out.writeLong(effort.processor().toNanos());
        });
        written = clock.instant();
    }

    /** Takes the file away: the training is over. */
    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
