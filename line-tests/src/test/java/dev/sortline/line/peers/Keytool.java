// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JDK's {@code keytool}. */
final class Keytool {
    static final String STORE_PASSWORD = "only-for-tests";

    private Keytool() {}

    /**
     * Runs it on a store with {@link #STORE_PASSWORD}.
     *
     * @param words what to do, words with spaces between
     * @param more words that may have spaces themselves
     */
    static void run(String words, String... more) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words.split(" ", -1)));
        command.addAll(List.of(more));
        command.addAll(List.of("-storepass", STORE_PASSWORD));
        var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new AssertionError(said);
        }
    }
}
