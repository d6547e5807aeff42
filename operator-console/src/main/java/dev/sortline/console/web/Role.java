// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import io.javalin.security.RouteRole;

/** What somebody may do, each more than the one before. Nobody may fire anything. */
public enum Role implements RouteRole {
    /** Somebody who has not signed in: the sign-in page. */
    ANYONE,
    /** May look and try. */
    VIEWER,
    /** May also say what reviewed items are. */
    OPERATOR
}
