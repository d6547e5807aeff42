// SPDX-License-Identifier: Apache-2.0
package dev.sortline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Says at the end of a build which tests were skipped and what they miss, from the reports of all modules. */
public final class SkippedTests {
    private static final String REPORT = "TEST-.*\\.xml";

    private SkippedTests() {}

    /**
     * Prints the list.
     *
     * @param arguments the folder of the modules and when the build began, as in {@code 2026-01-01T00:00:00Z}
     */
    public static void main(String[] arguments) throws IOException {
        list(Path.of(arguments[0]), Instant.parse(arguments[1])).forEach(System.out::println);
    }

    /** The lines, of reports that are no older. */
    static List<String> list(Path modules, Instant since) throws IOException {
        Map<String, List<String>> classesByReason = new TreeMap<>();
        int tests = 0;
        for (Path report : reports(modules, since)) {
            var root = root(report);
            tests += elements(root, "testcase").size();
            for (Element skipped : elements(root, "skipped")) {
                classesByReason
                        .computeIfAbsent(reason(skipped), unused -> new ArrayList<>())
                        .add(testClass(skipped));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("%d tests, %s"
                .formatted(
                        tests,
                        classesByReason.isEmpty() ? "none skipped" : "of which were skipped, for what they miss:"));
        classesByReason.forEach((reason, classes) -> lines.add(
                "  %s: %d of %s".formatted(reason, classes.size(), String.join(", ", new TreeSet<>(classes)))));
        return lines;
    }

    private static List<Path> reports(Path modules, Instant since) throws IOException {
        // No deeper than they lie: a target folder holds much else.
        try (Stream<Path> files = Files.find(
                modules,
                4,
                (file, facts) -> facts.isRegularFile()
                        && file.getFileName().toString().matches(REPORT)
                        && !facts.lastModifiedTime().toInstant().isBefore(since))) {
            return files.sorted().toList();
        }
    }

    private static Element root(Path report) throws IOException {
        try (InputStream in = Files.newInputStream(report)) {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(report + " is no report: " + e.getMessage(), e);
        }
    }

    private static List<Element> elements(Element root, String name) {
        var found = root.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /** An assumption has it in the first line of its trace, a condition as the message. */
    private static String reason(Element skipped) {
        String told = skipped.hasAttribute("message") ? skipped.getAttribute("message") : skipped.getTextContent();
        return told.strip()
                .lines()
                .findFirst()
                .orElse("no reason given")
                .replaceFirst("^[\\w.]+(Exception|Error): ", "")
                .replaceFirst("^Assumption failed: ", "");
    }

    private static String testClass(Element skipped) {
        String name = ((Element) skipped.getParentNode()).getAttribute("classname");
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
