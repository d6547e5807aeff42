// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.tflite;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TfliteEngineTest {
    /** The second has the beginning of such a file, and a root that leads out of it. */
    @ParameterizedTest
    @ValueSource(strings = {"no network", "\u0000\u0001\u0000\u0000TFL3 and then nothing", ""})
    void tellsInALineWhichFileIsNoNetwork(String content, @TempDir Path folder) throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("network.tflite"), content);

        // Then
        assertThatThrownBy(() -> TfliteEngine.open(file, 32, 1))
                .isInstanceOf(ModelPackageException.class)
                .hasMessage(
                        file + " is no network that TensorFlow Lite can load: it is none, or is cut off or damaged");
    }

    /** Its Java classes, and the library of this machine. */
    @ParameterizedTest
    @ValueSource(strings = {"tensorflow-lite", "tensorflow-lite-[^/]*-(linux|macosx|windows)"})
    void isMissedWithoutItsLibrary(String missing) throws Exception {
        // Given
        List<URL> without = new ArrayList<>();
        for (String place : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator, -1)) {
            if (!place.matches(".*" + missing + ".*")) {
                without.add(Path.of(place).toUri().toURL());
            }
        }
        try (var classes = new URLClassLoader(without.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Method open =
                    classes.loadClass(TfliteEngine.class.getName()).getMethod("open", Path.class, int.class, int.class);

            // When
            var failure = catchThrowableOfType(
                    InvocationTargetException.class, () -> open.invoke(null, Path.of("network.tflite"), 32, 1));

            // Then
            assertThat(failure.getCause().getClass().getName()).isEqualTo(MissingEngineException.class.getName());
            assertThat(failure.getCause())
                    .hasMessage("TensorFlow Lite is not there, or has no library for this machine");
        }
    }
}
