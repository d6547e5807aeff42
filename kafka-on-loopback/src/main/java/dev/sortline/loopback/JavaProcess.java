// SPDX-License-Identifier: Apache-2.0
package dev.sortline.loopback;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM of its own with the class path of this one. */
public class JavaProcess extends LocalProcess {

    /**
     * Starts it.
     *
     * @param name what it is called in messages, and its files: {@code name.out} and {@code name.err}
     * @param folder where its files go
     * @param options for the JVM
     * @throws ProcessFailure when it cannot be started
     */
    public JavaProcess(String name, Path folder, List<String> options, String mainClass, List<String> arguments) {
        this(name, folder, options, mainClass, arguments, Map.of());
    }

    /**
     * The same with an environment of its own.
     *
     * @param environment is added to this JVM's
     * @throws ProcessFailure when it cannot be started
     */
    public JavaProcess(
            String name,
            Path folder,
            List<String> options,
            String mainClass,
            List<String> arguments,
            Map<String, String> environment) {
        super(name, folder, command(options, mainClass, arguments), environment);
    }

    /** The options that this JVM was given, without those of debuggers: what the start script gives to every command. */
    public static List<String> ownOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") || option.startsWith("-D"))
                .toList();
    }

    private static List<String> command(List<String> options, String mainClass, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return command;
    }
}
