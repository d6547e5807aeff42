// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the page to what its content security policy allows, and to what a slow network carries. */
class PageMarkupTest {
    private static final int MOST_BYTES = 200 * 1024;
    private static final Pattern INLINE = Pattern.compile(
            "<style|\\sstyle=|\\son[a-z]+=|javascript:|<script(?![^>]*\\ssrc=)", Pattern.CASE_INSENSITIVE);
    /** A namespace is a name, no place that is asked. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?:https?:)?//(?!www\\.w3\\.org/2000/svg)[a-z0-9-]+\\.[a-z]", Pattern.CASE_INSENSITIVE);

    private static final Pattern MARKUP_FROM_TEXT = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|setAttribute\\('style'");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import) '\\./([^']+)'");
    private static final Pattern ASSET = Pattern.compile("\"/(assets/[^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\\sid=\"([^\"]+)\"");
    private static final Pattern BY_ID = Pattern.compile("byId\\('([^']+)'\\)");

    @Test
    void nothingInThePagesNeedsWhatThePolicyForbids() {
        // Given
        Map<String, String> pages = PageSources.ending(".html");

        // When
        Map<String, List<String>> found = found(INLINE, pages);

        // Then
        assertThat(pages).hasSize(2);
        assertThat(found).isEmpty();
    }

    @Test
    void nothingIsAskedOfAnotherHost() {
        // Given
        Map<String, String> sources = PageSources.all();

        // When
        Map<String, List<String>> found = found(ELSEWHERE, sources);

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void textNeverBecomesMarkup() {
        // Given
        Map<String, String> modules = PageSources.ending(".js");

        // When
        Map<String, List<String>> found = found(MARKUP_FROM_TEXT, modules);

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void whatIsNamedIsThere() {
        // Given
        var sources = PageSources.all();

        // When
        List<String> named = sources.values().stream()
                .flatMap(source -> Stream.concat(
                        IMPORT.matcher(source).results().map(found -> "assets/" + found.group(1)),
                        ASSET.matcher(source).results().map(found -> found.group(1))))
                .distinct()
                .toList();

        // Then
        assertThat(named).hasSizeGreaterThan(20).isSubsetOf(sources.keySet());
    }

    @Test
    void elementsThatModulesTakeByTheirIdAreInThePages() {
        // Given
        List<String> ids = texts(ID, PageSources.ending(".html"));

        // When
        List<String> taken = texts(BY_ID, PageSources.ending(".js"));

        // Then
        assertThat(taken).hasSizeGreaterThan(50);
        // A card's own, which its module makes.
        assertThat(taken.stream().filter(id -> !id.equals("review-undo"))).isSubsetOf(ids);
    }

    @Test
    void everySourceHasItsLicence() {
        // Given
        Map<String, String> sources = PageSources.ending(".js");
        sources.putAll(PageSources.ending(".css"));

        // When
        sources.values()
                .removeIf(source ->
                        source.lines().limit(1).anyMatch(line -> line.contains("SPDX-License-Identifier: Apache-2.0")));

        // Then
        assertThat(sources).isEmpty();
    }

    @Test
    void onePageWithOneLanguageAndItsPlotsStaysLight() throws IOException {
        // Given
        Map<String, String> sources = PageSources.all();
        sources.keySet().removeIf(name -> name.contains("sign-in") || name.endsWith("words-en.js"));

        // When
        long bytes = sources.values().stream()
                        .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                        .sum()
                + PageSources.chartBytes("uPlot.iife.min.js")
                + PageSources.chartBytes("uPlot.min.css");

        // Then
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    private static Map<String, List<String>> found(Pattern pattern, Map<String, String> sources) {
        var found = new TreeMap<String, List<String>>();
        sources.forEach((name, source) -> found.put(
                name, pattern.matcher(source).results().map(MatchResult::group).toList()));
        found.values().removeIf(List::isEmpty);
        return found;
    }

    private static List<String> texts(Pattern pattern, Map<String, String> sources) {
        return sources.values().stream()
                .flatMap(source -> pattern.matcher(source).results())
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }
}
