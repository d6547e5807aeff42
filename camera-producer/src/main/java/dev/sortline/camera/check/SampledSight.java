// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.check;

import dev.sortline.camera.check.CheckedCamera.View;
import dev.sortline.camera.ffmpeg.LumaReader;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.sight.Sight;
import dev.sortline.camera.sight.SightSettings;
import dev.sortline.camera.sight.SightWatch;
import dev.sortline.camera.source.CameraFault;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Looks at some of a camera's pictures, once it is over. */
final class SampledSight {
    /** Of so few looks each one counts; those that are as they should be take it back. */
    private static final SightSettings AT_ONCE = new SightSettings(null, null, null, 1, null, null);

    private SampledSight() {}

    /** How the camera sees; null when none of the pictures can be looked at. */
    static @Nullable View of(List<Picture> pictures) {
        List<Sight> looks;
        try (LumaReader small = LumaReader.open()) {
            looks = pictures.stream()
                    .flatMap(picture -> small.read(picture.bytes()).stream())
                    .map(Sight::of)
                    .toList();
        } catch (CameraFault e) {
            // Without FFmpeg's library the camera may still give pictures.
            return null;
        }
        return looks.isEmpty() ? null : of(looks, new SightWatch(AT_ONCE));
    }

    private static View of(List<Sight> looks, SightWatch watch) {
        looks.forEach(watch::look);
        OptionalDouble sharpness = looks.stream()
                .map(Sight::sharpness)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .average();
        return new View(
                looks.stream().mapToDouble(Sight::mean).average().orElseThrow(),
                looks.stream().mapToDouble(Sight::black).average().orElseThrow(),
                looks.stream().mapToDouble(Sight::blownOut).average().orElseThrow(),
                sharpness.isPresent() ? sharpness.getAsDouble() : null,
                looks.size(),
                watch.trouble().orElse(null));
    }
}
