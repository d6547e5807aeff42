// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** One entry under {@code drivers} of the line file; {@code type} says which of those that the gateway knows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface DriverSettings {
    /** The lines that the driver acts on, of those that there are. */
    Set<String> lines(Set<String> all);

    /** The same, with paths that start at a folder. */
    default DriverSettings startingAt(Path folder) {
        return this;
    }

    /** Files and folders with the certificates that it uses, in PEM or DER; those that are not there yet too. */
    default List<Path> certificateFiles() {
        return List.of();
    }

    /** Makes the driver; it reaches for nothing yet. */
    ActuatorDriver open(String name);
}
