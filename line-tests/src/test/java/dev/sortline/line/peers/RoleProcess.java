// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A long-running {@code sortline} command of any role in a process of its own, with a log as users see it. */
public final class RoleProcess extends CommandProcess {
    private static final List<String> OPTIONS = List.of("-Xmx256m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=info");

    private RoleProcess(String command, String lineFile, Path folder, Map<String, String> environment)
            throws IOException {
        super(command, OPTIONS, lineFile, folder, environment);
    }

    /** Starts it with a line file that has all but {@code http}. */
    public static RoleProcess start(String command, String lineFile, Path folder) throws IOException {
        return start(command, lineFile, folder, Map.of());
    }

    /** The same with an environment of its own. */
    public static RoleProcess start(String command, String lineFile, Path folder, Map<String, String> environment)
            throws IOException {
        return new RoleProcess(command, lineFile, folder, environment);
    }
}
