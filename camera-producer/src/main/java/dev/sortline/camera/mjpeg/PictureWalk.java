// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

/** Walks through one picture to its end by the picture's own structure, in as many steps as its bytes come in. */
interface PictureWalk {
    /** How a walk stands. */
    enum State {
        /** More bytes are needed. */
        GOING,
        /** The picture is whole. */
        WHOLE,
        /** Its end is there, but nothing was in it that shows something. */
        EMPTY,
        /** Another picture begins before this one ended. */
        OTHER_BEGINS,
        /** The bytes have not the structure of such a picture. */
        BROKEN
    }

    /**
     * Walks on.
     *
     * @return where it stopped: {@code to} when it is still going; the first byte after the picture's end; where another begins, which may be
     *     {@code from - 1}
     */
    int walk(byte[] bytes, int from, int to);

    /** How it stands after the last step. */
    State state();
}
