// SPDX-License-Identifier: Apache-2.0
package dev.sortline.signatures;

/** A signature is missing where one is required, or fits no trusted key. The message is one line: which file, what to do. */
public final class BadSignatureException extends Exception {
    private static final long serialVersionUID = 1;

    BadSignatureException(String message) {
        super(message);
    }
}
