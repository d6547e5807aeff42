// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.teaching;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What teachers said of shots, so that each is asked of each shot once, whoever asks again, also after the process was killed: it lies in a file
 * beside the package to be, and what is written half is asked for again. To be used by one thread at a time.
 */
public final class AnswerBook implements AutoCloseable {
    private final Teachers teachers;
    private final Path file;
    private final FileChannel channel;
    private final Map<Long, float[]> answers = new HashMap<>();
    private final ByteBuffer line;

    private AnswerBook(Teachers teachers, Path file, FileChannel channel) {
        this.teachers = teachers;
        this.file = file;
        this.channel = channel;
        this.line = ByteBuffer.allocate(Long.BYTES + teachers.labels() * Float.BYTES);
    }

    /**
     * Opens the book of a training, or begins one.
     *
     * @param out the package's place; the book lies beside it
     * @param fingerprint of all that shots and answers follow from: a book of others is thrown away
     * @throws IOException if the disk fails
     */
    public static AnswerBook open(Teachers teachers, Path out, String fingerprint) throws IOException {
        Path file = fileOf(out);
        Files.createDirectories(file.getParent());
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        AnswerBook book = new AnswerBook(teachers, file, channel);
        try {
            book.read(fingerprint);
            return book;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * What the teachers say of a shot.
     *
     * @param number of the shot: another shot has another
     * @return their mean probabilities, in the order of the student's labels; not to be changed
     */
    public float[] answer(long number, Shot shot) {
        return answers.computeIfAbsent(number, key -> {
            float[] answer = teachers.answer(shot);
            line.clear().putLong(key);
            for (float probability : answer) {
                line.putFloat(probability);
            }
            try {
                write(line.flip());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file, e);
            }
            return answer;
        });
    }

    /** How many answers it holds. */
    public int size() {
        return answers.size();
    }

    /** Closes the file and leaves it there. The teachers stay open. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * Takes the book of a training away: it is over.
     *
     * @param out as of {@link #open}
     */
    public static void delete(Path out) throws IOException {
        Files.deleteIfExists(fileOf(out));
    }

    private static Path fileOf(Path out) {
        Path target = out.toAbsolutePath().normalize();
        return target.resolveSibling("." + target.getFileName() + ".answers");
    }

    private void read(String fingerprint) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new DataOutputStream(bytes).writeUTF(fingerprint);
        byte[] head = bytes.toByteArray();
        byte[] all = Files.readAllBytes(file);
        if (all.length < head.length || !Arrays.equals(all, 0, head.length, head, 0, head.length)) {
            channel.truncate(0);
            write(ByteBuffer.wrap(head));
            return;
        }
        ByteBuffer lines = ByteBuffer.wrap(all, head.length, all.length - head.length);
        while (lines.remaining() >= line.capacity()) {
            long number = lines.getLong();
            float[] answer = new float[teachers.labels()];
            for (int label = 0; label < answer.length; label++) {
                answer[label] = lines.getFloat();
            }
            answers.put(number, answer);
        }
        channel.truncate(lines.position());
        channel.position(lines.position());
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
