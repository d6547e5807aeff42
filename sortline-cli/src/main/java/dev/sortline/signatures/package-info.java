// SPDX-License-Identifier: Apache-2.0
/**
 * Ed25519 signatures of what decides: model packages and sorting plans. A {@link SigningKey} makes them, {@link TrustedKeys} hold what is
 * read against them. What is signed is a {@link SignedStatement}: a line that says what kind of thing it is, and its digest. Keys are PEM
 * files as {@code openssl genpkey -algorithm ed25519} makes them; a private one is in nobody's message and in no {@code toString}.
 */
@NullMarked
package dev.sortline.signatures;

import org.jspecify.annotations.NullMarked;
