// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.source;

/** A connection to a camera has ended, or never began. The message says in one line what is wrong, where, and what to do; no password is in it. */
public final class CameraFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What kind of fault it is. */
    public enum Kind {
        /** Nobody answers there. */
        UNREACHABLE,
        /** User or password are missing or wrong. */
        REFUSED,
        /** There is no such stream, file or device. */
        NOT_FOUND,
        /** Something answers that is no camera. */
        NO_VIDEO,
        /** It gives video of a kind that cannot be read here. */
        CODEC,
        /** It gives video of which no picture begins. */
        NO_KEY_FRAME,
        /** It was there, and gives nothing any more. */
        SILENT,
        /** It has ended the connection. */
        ENDED,
        /** What reads it is not installed on this machine. */
        NOT_INSTALLED
    }

    /** A fault with its line. */
    public CameraFault(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** A fault with its line and what it came from. */
    public CameraFault(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of fault it is. */
    public Kind kind() {
        return kind;
    }
}
