// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import io.javalin.config.RoutesConfig;

/** What one subject of the page answers over HTTP. */
public interface Routes {
    /** Adds its handlers, each with the {@link Role} that it takes. */
    void addTo(RoutesConfig routes);
}
