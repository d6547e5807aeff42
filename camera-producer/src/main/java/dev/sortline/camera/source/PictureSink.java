// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.source;

import dev.sortline.camera.picture.Picture;

/** Takes what a camera gives. Each picture of the camera is handed over by one call, as a picture or as one that is none. Never blocks. */
public interface PictureSink {
    /** The camera answers, and this is what it gives. Once a connection, before its first picture. */
    void opened(StreamFormat format);

    /** A picture. It may be held back, dropped for a newer one or not be asked for: the sink counts it. */
    void take(Picture picture);

    /** What the camera gave is no picture that can be sent: it is counted and told. */
    void unusable(Unusable why);

    /** Why a picture cannot be sent. */
    enum Unusable {
        /** Its end never came, or bytes of it are missing. */
        CUT,
        /** It has more than {@link Picture#MAX_BYTES}. */
        TOO_LARGE,
        /** It is neither JPEG nor PNG, or cannot be decoded where it must be. */
        NO_PICTURE
    }
}
