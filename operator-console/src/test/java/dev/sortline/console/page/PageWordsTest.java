// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PageWordsTest {
    private static final Pattern WORD = Pattern.compile("^  '([^']+)': '((?:[^'\\\\]|\\\\.)*)',$", Pattern.MULTILINE);
    private static final Pattern VALUE = Pattern.compile("\\{(\\w+)}");
    /** {@code data-word="key"} and {@code data-word-label="key"}, in HTML and where modules build it. */
    private static final Pattern IN_MARKUP = Pattern.compile("data-word(?:-label)?(?:=\"|': ')([^\"']+)[\"']");
    /** Any text of a module that has the form of a key; those that end in a dot or a dash begin one. */
    private static final Pattern IN_MODULE = Pattern.compile("'([a-z][a-z-]*(?:\\.[A-Za-z_-]+)*\\.[A-Za-z0-9_-]*)'");
    /** What is certainly asked for, whole or as the beginning of a key. */
    private static final Pattern SAID = Pattern.compile("\\b(?:say|sayOne)\\('([^']+)'");

    @Test
    void bothLanguagesHaveTheSameWords() {
        // Given
        Map<String, String> english = words("en");

        // When
        Map<String, String> indonesian = words("id");

        // Then
        assertThat(indonesian.keySet()).isEqualTo(english.keySet()).hasSizeGreaterThan(200);
    }

    @Test
    void sentencesOfBothLanguagesTakeTheSameValues() {
        // Given
        Map<String, String> english = words("en");

        // When
        Set<Map.Entry<String, Set<String>>> apart =
                new HashSet<>(values(words("id")).entrySet());
        apart.removeAll(values(english).entrySet());

        // Then
        assertThat(apart).isEmpty();
    }

    @Test
    void everyLineOfTheWordFilesIsRead() {
        // Given
        String source = PageSources.of("assets/words-id.js");

        // When
        long lines = source.lines().filter(line -> line.startsWith("  '")).count();

        // Then
        assertThat(words("id")).hasSize((int) lines);
    }

    @Test
    void everyWordThatIsAskedForIsThere() {
        // Given
        Set<String> words = words("en").keySet();

        // When
        Set<String> missing = asked();
        missing.removeIf(
                key -> begins(key) ? words.stream().anyMatch(word -> word.startsWith(key)) : words.contains(key));

        // Then
        assertThat(missing).isEmpty();
    }

    @Test
    void everyWordIsUsedSomewhere() {
        // Given
        Set<String> mentioned = mentioned();

        // When
        Set<String> idle = new TreeSet<>(words("en").keySet());
        idle.removeIf(
                word -> mentioned.stream().anyMatch(key -> begins(key) ? word.startsWith(key) : word.equals(key)));

        // Then
        assertThat(idle).isEmpty();
    }

    @Test
    void eachRefusalOfTheServerHasItsSentence() {
        // Given
        String codes = "not-signed-in not-allowed wrong-password not-found too-large unknown-format unreadable too-many"
                + " no-trial-line line-away bad-request failed";

        // When
        Set<String> sentences = words("id").keySet();

        // Then
        assertThat(sentences)
                .contains(Pattern.compile(" ")
                        .splitAsStream(codes)
                        .map("error."::concat)
                        .toArray(String[]::new));
    }

    private static boolean begins(String key) {
        return key.endsWith(".") || key.endsWith("-");
    }

    private static Map<String, String> words(String language) {
        var words = new LinkedHashMap<String, String>();
        WORD.matcher(PageSources.of("assets/words-" + language + ".js"))
                .results()
                .forEach(word -> assertThat(words.put(word.group(1), word.group(2)))
                        .as("another %s", word.group(1))
                        .isNull());
        return words;
    }

    private static Map<String, Set<String>> values(Map<String, String> words) {
        var values = new TreeMap<String, Set<String>>();
        words.forEach((key, text) -> values.put(
                key,
                VALUE.matcher(text)
                        .results()
                        .map(value -> value.group(1))
                        .collect(Collectors.toCollection(TreeSet::new))));
        return values;
    }

    private static Set<String> asked() {
        Set<String> keys = found(IN_MARKUP, PageSources.ending(".html"));
        keys.addAll(found(IN_MARKUP, modules()));
        keys.addAll(found(SAID, modules()));
        return keys;
    }

    private static Set<String> mentioned() {
        Set<String> keys = asked();
        keys.addAll(found(IN_MODULE, modules()));
        return keys;
    }

    private static Map<String, String> modules() {
        Map<String, String> modules = PageSources.ending(".js");
        modules.keySet().removeIf(name -> name.contains("/words-"));
        return modules;
    }

    private static Set<String> found(Pattern pattern, Map<String, String> sources) {
        return sources.values().stream()
                .flatMap(source -> pattern.matcher(source).results())
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
