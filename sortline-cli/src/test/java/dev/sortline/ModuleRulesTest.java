// SPDX-License-Identifier: Apache-2.0
package dev.sortline;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.sortline.contract.ClientProperties;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use whom, as docs/architecture.md says. */
class ModuleRulesTest {
    private static final JavaClasses SORTLINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sortline");

    @ParameterizedTest
    @CsvSource({
        "trouble, trouble",
        "contract, contract|trouble",
        "classifier, classifier",
        "camera, camera|contract|trouble",
        "stream, stream|contract|classifier|trouble",
        "gateway, gateway|contract|trouble",
        "trainer, trainer|classifier",
        "evaluation, evaluation|trainer|classifier",
        "benchmarks, benchmarks|trainer|classifier|camera|contract",
    })
    void moduleUsesOnlyTheModulesThatItMay(String module, String allowed) {
        // Given
        String[] packages = Arrays.stream(allowed.split("\\|"))
                .map(name -> "dev.sortline." + name + "..")
                .toArray(String[]::new);

        // When
        var rule = noClasses()
                .that()
                .resideInAPackage("dev.sortline." + module + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.sortline..").and(not(resideInAnyPackage(packages))));

        // Then
        rule.check(SORTLINE);
    }

    @ParameterizedTest
    @CsvSource({
        "org.tensorflow.., dev.sortline.classifier..|dev.sortline.trainer..|dev.sortline.benchmarks.peers..",
        "org.apache.kafka.streams.., dev.sortline.stream..",
        "io.cloudevents.., dev.sortline.contract..",
        "com.digitalpetri.., dev.sortline.gateway..|dev.sortline.demo.belt..",
        "com.hivemq.., dev.sortline.gateway..",
        "org.eclipse.milo.., dev.sortline.gateway..",
        "io.netty.., dev.sortline.gateway..",
        "io.javalin.., dev.sortline.process..",
        "org.eclipse.jetty.., dev.sortline.process..",
        "picocli.., dev.sortline.cli..",
        "kafka.., dev.sortline.demo..",
        "com.samskivert.., dev.sortline.evaluation..",
        "ai.onnx.., dev.sortline.benchmarks.peers..",
        "ai.onnxruntime.., dev.sortline.benchmarks.peers..",
        "org.knowm.., dev.sortline.benchmarks..",
        "org.openjdk.jmh.., dev.sortline.benchmarks.micro..",
    })
    void libraryIsUsedOnlyWhereItBelongs(String library, String rooms) {
        // Given
        String[] allowed = rooms.split("\\|");

        // When
        var rule = noClasses()
                .that(not(resideInAnyPackage(allowed)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);

        // Then
        rule.check(SORTLINE);
    }

    @Test
    void domainOfTheStreamKnowsNeitherKafkaNorTensorFlowNorAClock() {
        // Given
        var domain = classes()
                .that()
                .haveFullyQualifiedName("dev.sortline.stream.sorting.BeltGeometry")
                .or()
                .haveFullyQualifiedName("dev.sortline.stream.sorting.SortingPlan")
                .or()
                .haveFullyQualifiedName("dev.sortline.stream.sorting.Line")
                .or()
                .haveFullyQualifiedName("dev.sortline.stream.item.ItemVote")
                .or()
                .haveFullyQualifiedName("dev.sortline.stream.item.VoteEnd")
                .or()
                .haveFullyQualifiedName("dev.sortline.stream.item.CameraRun");

        // When
        var rule = domain.should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "com.fasterxml.jackson.annotation..",
                        "jakarta.validation.constraints..",
                        "org.jspecify..",
                        "dev.sortline.contract..",
                        "dev.sortline.stream..");

        // Then
        rule.check(SORTLINE);
    }

    @Test
    void rulesOfFiringKnowNeitherKafkaNorAProtocolNorAClock() {
        // Given
        var rules = classes()
                .that()
                .haveFullyQualifiedName("dev.sortline.gateway.rules.EjectorSchedule")
                .or()
                .haveFullyQualifiedName("dev.sortline.gateway.rules.LinePulse")
                .or()
                .haveFullyQualifiedName("dev.sortline.gateway.rules.OpenEvents");

        // When
        var rule = rules.should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "dev.sortline.contract..", "dev.sortline.gateway..");

        // Then
        rule.check(SORTLINE);
    }

    @Test
    void simulatedBeltKnowsNeitherKafkaNorAProtocolNorAClock() {
        // Given
        var physics = classes()
                .that()
                .haveFullyQualifiedName("dev.sortline.demo.belt.SimulatedBelt")
                .or()
                .haveFullyQualifiedName("dev.sortline.demo.belt.Nozzle");

        // When
        var rule = physics.should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "dev.sortline.stream..", "dev.sortline.demo.belt..");

        // Then
        rule.check(SORTLINE);
    }

    /** A mistake of ours must not be told as one of the user's: only what checks the user's words may be tried for it. */
    @Test
    void noWholeRunIsTriedForAMistakeOfTheUsers() {
        // Given
        Set<String> running = Set.of("run", "start", "await", "open", "execute");

        // When
        var suspects = SORTLINE.stream()
                .filter(resideInAnyPackage("dev.sortline.cli..", "dev.sortline.demo..", "dev.sortline.process.."))
                .flatMap(type -> type.getCodeUnits().stream())
                .flatMap(unit -> unit.getTryCatchBlocks().stream())
                .filter(block -> block.getCaughtThrowables().stream()
                        .anyMatch(caught -> caught.isEquivalentTo(IllegalArgumentException.class)))
                .flatMap(block -> block.getAccessesContainedInTryBlock().stream())
                .filter(access -> running.contains(access.getTarget().getName()));

        // Then
        assertThat(suspects).isEmpty();
    }

    @Test
    void recordsWithKafkasPropertiesDoNotShowThem() {
        // Given
        Predicate<JavaClass> hasProperties = type -> type.getFields().stream()
                .anyMatch(field -> field.getType().getName().equals("java.util.Map<java.lang.String, java.lang.Object>")
                        || field.getName().equals("kafka"));

        // When
        var telling = SORTLINE.stream()
                .filter(JavaClass::isRecord)
                .filter(hasProperties)
                .collect(Collectors.partitioningBy(type -> type.getMethod("toString").getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(ClientProperties.class))));

        // Then
        assertThat(telling.get(true)).hasSizeGreaterThan(2);
        assertThat(telling.get(false)).isEmpty();
    }

    @Test
    void packagesHaveNoCycles() {
        // Given
        var packages = SlicesRuleDefinition.slices().matching("dev.sortline.(*)..");

        // When
        var rule = packages.should().beFreeOfCycles();

        // Then
        rule.check(SORTLINE);
    }
}
