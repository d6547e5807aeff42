// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.check;

import dev.sortline.camera.check.CheckedCamera.Clock;
import dev.sortline.camera.check.CheckedCamera.Fault;
import dev.sortline.camera.check.CheckedCamera.Gaps;
import dev.sortline.camera.check.CheckedCamera.Load;
import dev.sortline.camera.check.CheckedCamera.Pictures;
import dev.sortline.camera.check.CheckedCamera.Saved;
import dev.sortline.camera.check.CheckedCamera.View;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.PictureSink.Unusable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a person what a check found. */
final class CheckWords {
    private final CheckedCamera camera;

    CheckWords(CheckedCamera camera) {
        this.camera = camera;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        add(lines, "camera", camera.kind() + ", " + camera.place());
        add(lines, "says", camera.says() == null ? null : camera.says().told());
        add(lines, "pictures", camera.pictures() == null ? null : told(camera.pictures()));
        add(lines, "rhythm", camera.gaps() == null ? null : told(camera.gaps()));
        add(lines, "clock", camera.clock() == null ? null : told(camera.clock()));
        add(lines, "load", camera.load() == null ? null : told(camera.load()));
        add(lines, "sight", camera.sight() == null ? null : told(camera.sight()));
        for (Unusable why : Unusable.values()) {
            Integer count = camera.unusable().get(why);
            add(lines, "unusable", count == null ? null : told(why, count));
        }
        // Where no picture came it is the obstacle, which is told by itself.
        add(lines, "wrong", camera.fault() == null || !camera.sees() ? null : told(camera.fault()));
        add(lines, "saved", camera.saved() == null ? null : told(camera.saved()));
        return lines;
    }

    String obstacle() {
        if (camera.fault() != null) {
            return told(camera.fault());
        }
        List<String> reasons = new ArrayList<>();
        for (Unusable why : Unusable.values()) {
            Integer count = camera.unusable().get(why);
            if (count != null) {
                reasons.add(told(why, count));
            }
        }
        return "%s: no picture came that can be sent: %s".formatted(camera.place(), String.join("; ", reasons));
    }

    private static void add(List<String> lines, String what, @Nullable String told) {
        if (told != null) {
            lines.add("%-9s %s".formatted(what, told));
        }
    }

    private static String told(Pictures pictures) {
        String size = pictures.width() > 0
                ? "%d x %d".formatted(pictures.width(), pictures.height())
                : "of a size that cannot be read";
        String rate = pictures.perSecond() == null ? "" : words(", %.1f a second", pictures.perSecond());
        return words(
                "%d in %.1f s%s; %s, %s, %.1f kB each, %.1f to %.1f",
                pictures.count(),
                pictures.seconds(),
                rate,
                pictures.contentType(),
                size,
                pictures.meanBytes() / 1e3,
                pictures.leastBytes() / 1e3,
                pictures.mostBytes() / 1e3);
    }

    private static String told(Gaps gaps) {
        return words(
                "%.1f ms from picture to picture in the middle, %.1f ms at 95 of 100, %.1f ms at most",
                gaps.p50Millis(), gaps.p95Millis(), gaps.longestMillis());
    }

    private static String told(Clock clock) {
        return switch (clock.basis()) {
            case SENSOR ->
                words(
                        "its sensor tells when, by a clock that is mapped to ours to ±%.1f ms; pictures are here %.1f ms later",
                        clock.uncertaintyMillis(), clock.ageMillis());
            case SENDER ->
                words(
                        "it tells when it sent, to ±%.1f ms by ours; pictures are here %.1f ms later",
                        clock.uncertaintyMillis(), clock.ageMillis());
            case ARRIVAL ->
                "it tells no time that can be used: a picture counts as taken when it came, and how long before that it was taken nobody knows";
        };
    }

    private static String told(Load load) {
        String all = words("%.1f %% with all that this process does", 100 * load.process());
        return load.reading() == null ? all : words("%.1f %% of a core to read it; %s", 100 * load.reading(), all);
    }

    private static String told(View view) {
        String sharp = view.sharpness() == null
                ? "nothing of which sharpness could be told"
                : words("sharpness %.2f, for comparing with itself", view.sharpness());
        String figures = words(
                "brightness %.0f of 255, %.0f %% black, %.0f %% white, %s",
                view.brightness(), 100 * view.black(), 100 * view.blownOut(), sharp);
        return view.trouble() == null
                ? figures
                : figures + "; " + view.trouble().told("").strip().replaceFirst("^camera +", "it ");
    }

    private static String told(Unusable why, int count) {
        String what =
                switch (why) {
                    case CUT -> "of which a part is missing: look at the network";
                    case TOO_LARGE -> "too large to be sent: make them smaller in the camera";
                    case NO_PICTURE -> "neither JPEG nor PNG that can be read";
                };
        return count + " " + what;
    }

    private static String told(Fault fault) {
        return word(fault.kind()) + ": " + fault.message();
    }

    private static String told(Saved saved) {
        return saved.file() + (saved.replaced() ? ", in place of what was there" : "");
    }

    private static String word(CameraFault.Kind kind) {
        return switch (kind) {
            case UNREACHABLE -> "not reached";
            case REFUSED -> "password";
            case NOT_FOUND -> "not there";
            case NO_VIDEO -> "not video";
            case CODEC -> "codec";
            case NO_KEY_FRAME -> "no key frame";
            case SILENT -> "silent";
            case ENDED -> "ended";
            case NOT_INSTALLED -> "not installed";
        };
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
