// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.linefile.GlassOnly;
import dev.sortline.models.ToyPackage;
import dev.sortline.process.StopSignal;
import dev.sortline.signatures.KeyFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Model packages and plans that are signed, promoted and rolled back by command. */
class SignedModelTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private CommandLine sortline;

    @TempDir
    private Path folder;

    private Path model;
    private Path plan;
    private Path config;
    private KeyFiles keys;

    @BeforeEach
    void start() throws IOException {
        sortline = Main.commandLine(new StopSignal())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        keys = KeyFiles.make(folder, "plant");
        model = ToyPackage.write(folder.resolve("model"), "1", "glass");
        plan = Files.writeString(folder.resolve("glass-only.yaml"), GlassOnly.yaml(0.5));
        ToyPackage.write(folder.resolve("next"), "2", "glass");
        config = Files.writeString(
                folder.resolve("line.yaml"),
                """
                kafka: { bootstrap.servers: "127.0.0.1:1" }
                model: model
                canary: { model: next, lines: [line-1] }
                signatures: { keys: [plant-public.pem] }
                belts:
                  belt: { speedMetresPerSecond: 1, transportMarginMillis: 20, residualLane: residue, ejectors: { glass: { number: 1, distanceMetres: 1 } } }
                lines:
                  line-1: { belt: belt, plan: glass-only.yaml }
                """);
        sign("plan", plan);
        sign("model", model);
        sign("model", folder.resolve("next"));
    }

    @Test
    void tamperedPackageIsRefusedAtTheStart() throws IOException {
        // Given
        Path manifest = model.resolve(ModelPackage.MANIFEST_FILE);
        Files.writeString(
                manifest, Files.readString(manifest).replace("\"temperature\" : 1.0", "\"temperature\" : 9.0"));

        // When
        int exitCode = sortline.execute("classify", "--config", config.toString());

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .hasLineCount(1)
                .contains("signature does not fit: model package " + model + " was changed after it was signed");
    }

    @Test
    void packageThatIsNotSignedIsRefusedAtTheStart() throws IOException {
        // Given
        Files.delete(folder.resolve("next/signature"));

        // When
        int exitCode = sortline.execute("classify", "--config", config.toString());

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .hasLineCount(1)
                .contains(config + ":3:1: canary: model package " + folder.resolve("next") + " is not signed");
    }

    @Test
    void tamperedPlanIsRefusedAtTheStart() throws IOException {
        // Given
        Files.writeString(plan, GlassOnly.yaml(0.1));

        // When
        int exitCode = sortline.execute("classify", "--config", config.toString());

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .hasLineCount(1)
                .contains("glass-only.yaml.signature does not fit: plan " + plan + " was changed after it was signed");
    }

    @Test
    void canaryIsPromotedAndRolledBackWithItsSignature() {
        // When
        int promoted = sortline.execute("model", "promote", "--config", config.toString());
        String version = ModelPackage.load(model).version();
        int rolledBack = sortline.execute("model", "rollback", "--config", config.toString());

        // Then
        assertThat(promoted).as(err.toString()).isZero();
        assertThat(version).isEqualTo("2");
        assertThat(rolledBack).as(err.toString()).isZero();
        assertThat(ModelPackage.load(model).version()).isEqualTo("1");
        assertThat(folder.resolve("model.previous/signature")).exists();
    }

    @Test
    void tamperedCanaryIsNotPromoted() throws IOException {
        // Given
        Files.writeString(folder.resolve("next/added"), "something");

        // When
        int exitCode = sortline.execute("model", "promote", "--config", config.toString());

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1).contains("does not fit");
        assertThat(ModelPackage.load(model).version()).isEqualTo("1");
    }

    private void sign(String kind, Path what) {
        int exitCode = sortline.execute(
                kind, "sign", what.toString(), "--key", keys.secret().toString());
        assertThat(exitCode).as(err.toString()).isZero();
    }
}
