// SPDX-License-Identifier: Apache-2.0
/**
 * The operator's page: {@link dev.sortline.console.OperatorConsole} serves it from {@link dev.sortline.console.ConsoleSettings}. It only ever
 * reads the line, but for three things that move nothing: frames of a line that has no ejector, and what people say of reviewed items.
 */
@NullMarked
package dev.sortline.console;

import org.jspecify.annotations.NullMarked;
