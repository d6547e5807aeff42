// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.teaching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.trainer.network.TinyPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerBookTest {
    @TempDir
    private Path folder;

    private final CountedShot shot = new CountedShot();
    private Path out;
    private Teachers teachers;

    @BeforeEach
    void open() throws IOException {
        out = folder.resolve("models/student");
        List<String> labels = List.of("glass", "metal", "paper");
        teachers = Teachers.open(List.of(TinyPackage.writeTo(folder.resolve("teacher"), labels, 32, 1, 1)), labels);
    }

    @AfterEach
    void close() {
        teachers.close();
    }

    @Test
    void asksForEachShotOnce() throws IOException {
        try (AnswerBook book = AnswerBook.open(teachers, out, "this")) {
            // When
            float[] answer = book.answer(1, shot);
            float[] again = book.answer(1, shot);
            book.answer(2, shot);

            // Then
            assertThat(again).isEqualTo(answer);
            assertThat(shot.painted).isEqualTo(2);
        }
    }

    @Test
    void knowsTheAnswersOfAnotherProcess() throws IOException {
        // Given
        float[] before;
        try (AnswerBook book = AnswerBook.open(teachers, out, "this")) {
            before = book.answer(-5, shot);
        }

        // When
        float[] after;
        try (AnswerBook book = AnswerBook.open(teachers, out, "this")) {
            after = book.answer(-5, shot);
        }

        // Then
        assertThat(after).isEqualTo(before);
        assertThat(shot.painted).isEqualTo(1);
    }

    @Test
    void asksAgainForWhatIsWrittenHalf() throws IOException {
        // Given
        float[] before;
        try (AnswerBook book = AnswerBook.open(teachers, out, "this")) {
            book.answer(1, shot);
            before = book.answer(2, shot);
        }
        Path file = out.resolveSibling(".student.answers");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 3));

        // When
        float[] after;
        try (AnswerBook book = AnswerBook.open(teachers, out, "this")) {
            book.answer(1, shot);
            after = book.answer(2, shot);
        }

        // Then
        assertThat(shot.painted).isEqualTo(3);
        assertThat(after).isEqualTo(before);
        assertThat(file).hasBinaryContent(whole);
    }

    @Test
    void throwsTheBookOfAnotherTrainingAway() throws IOException {
        // Given
        try (AnswerBook book = AnswerBook.open(teachers, out, "another")) {
            book.answer(1, shot);
        }

        // When
        try (AnswerBook book = AnswerBook.open(teachers, out, "this")) {
            book.answer(1, shot);
        }

        // Then
        assertThat(shot.painted).isEqualTo(2);
    }

    @Test
    void isTakenAwayWithoutATrace() throws IOException {
        // Given
        AnswerBook.open(teachers, out, "this").close();

        // When
        AnswerBook.delete(out);

        // Then
        assertThat(out.getParent()).isEmptyDirectory();
    }

    private static final class CountedShot implements Shot {
        private int painted;

        @Override
        public float[] paint(int size, PixelScaling scaling) {
            painted++;
            return new float[size * size * 3];
        }
    }
}
