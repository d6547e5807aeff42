// SPDX-License-Identifier: Apache-2.0
package dev.sortline;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GlossaryTest {
    private static final Pattern NAMED = Pattern.compile("`((?:[a-z]+\\.)+[A-Z][\\w.]*)`");

    @Test
    void everyTypeAndMemberThatTheGlossaryNamesIsThere() throws IOException {
        // Given
        Set<String> house = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.sortline").stream()
                        .flatMap(GlossaryTest::names)
                        .collect(Collectors.toSet());

        // When
        Set<String> named = NAMED.matcher(Files.readString(Path.of("../docs/glossary.md")))
                .results()
                .map((MatchResult found) -> "dev.sortline." + found.group(1))
                .collect(Collectors.toSet());

        // Then
        assertThat(named).hasSizeGreaterThan(30).isSubsetOf(house);
    }

    /** A type's own name and those of its members. */
    private static Stream<String> names(JavaClass type) {
        String name = type.getName().replace('$', '.');
        return Stream.concat(
                Stream.of(name), type.getMembers().stream().map((JavaMember member) -> name + "." + member.getName()));
    }
}
