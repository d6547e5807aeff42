// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sortline.classifier.engine.MissingEngineException;
import dev.sortline.classifier.model.ModelPackageException;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxEngineTest {
    @Test
    void tellsInALineWhichFileIsNoNetwork(@TempDir Path folder) throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("network.onnx"), "no network");

        // Then
        assertThatThrownBy(() -> OnnxEngine.open(file, 32, 1))
                .isInstanceOf(ModelPackageException.class)
                .hasMessageStartingWith(file + " is no network that ONNX Runtime can load: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void isMissedWithoutItsLibrary() throws Exception {
        // Given
        List<URL> without = new ArrayList<>();
        for (String place : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator, -1)) {
            if (!place.contains("onnxruntime")) {
                without.add(Path.of(place).toUri().toURL());
            }
        }
        try (var classes = new URLClassLoader(without.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Method open =
                    classes.loadClass(OnnxEngine.class.getName()).getMethod("open", Path.class, int.class, int.class);

            // When
            var failure = catchThrowableOfType(
                    InvocationTargetException.class, () -> open.invoke(null, Path.of("network.onnx"), 32, 1));

            // Then
            assertThat(failure.getCause().getClass().getName()).isEqualTo(MissingEngineException.class.getName());
            assertThat(failure.getCause()).hasMessage("ONNX Runtime is not there, or has no library for this machine");
        }
    }
}
