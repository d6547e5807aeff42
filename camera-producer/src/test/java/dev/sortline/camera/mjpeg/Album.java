// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.source.PictureSink;
import dev.sortline.camera.source.StreamFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a camera gives. */
final class Album implements PictureSink {
    private final List<StreamFormat> opened = new CopyOnWriteArrayList<>();
    private final List<Picture> pictures = new CopyOnWriteArrayList<>();
    private final List<Unusable> unusable = new CopyOnWriteArrayList<>();

    @Override
    public void opened(StreamFormat format) {
        opened.add(format);
    }

    @Override
    public void take(Picture picture) {
        pictures.add(picture);
    }

    @Override
    public void unusable(Unusable why) {
        unusable.add(why);
    }

    List<StreamFormat> opened() {
        return opened;
    }

    List<Picture> pictures() {
        return pictures;
    }

    List<byte[]> bytes() {
        return pictures.stream().map(Picture::bytes).toList();
    }

    List<Unusable> unusable() {
        return unusable;
    }
}
