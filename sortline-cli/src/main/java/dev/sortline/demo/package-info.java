// SPDX-License-Identifier: Apache-2.0
/**
 * The whole line in one process: an embedded broker, cameras over labelled pictures, the classifier, the gateway, {@linkplain
 * dev.sortline.demo.belt belts} that its ejectors act on, and a scoreboard that is kept from outside. {@link dev.sortline.demo.DemoLine} is
 * the place to start reading.
 */
@NullMarked
package dev.sortline.demo;

import org.jspecify.annotations.NullMarked;
