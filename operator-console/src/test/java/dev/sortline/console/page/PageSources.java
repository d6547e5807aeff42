// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The page's files as they are served, by their name below the page's folder. */
final class PageSources {
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private PageSources() {}

    static Map<String, String> all() {
        try {
            URL index = Objects.requireNonNull(PageSources.class.getResource("/dev/sortline/console/page/index.html"));
            Path folder = Objects.requireNonNull(Path.of(index.toURI()).getParent());
            var texts = new TreeMap<String, String>();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    texts.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no place for the page", e);
        }
    }

    static Map<String, String> ending(String suffix) {
        var texts = new TreeMap<>(all());
        texts.keySet().removeIf(name -> !name.endsWith(suffix));
        return texts;
    }

    static String of(String name) {
        return Objects.requireNonNull(all().get(name), name);
    }

    /** Bytes of a file of the chart library. */
    static long chartBytes(String name) throws IOException {
        try (var stream = Objects.requireNonNull(PageSources.class.getResourceAsStream(CHARTS + name), name)) {
            return stream.readAllBytes().length;
        }
    }
}
