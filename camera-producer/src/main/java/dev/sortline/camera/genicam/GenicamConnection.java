// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.genicam;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraFault.Kind;
import dev.sortline.camera.source.PictureSink;
import dev.sortline.camera.source.PictureSink.Unusable;
import dev.sortline.camera.source.StreamFormat;
import dev.sortline.trouble.OneLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A camera that sends, and what it holds of native memory. For one thread at a time; everything is given back by {@link #close}. */
final class GenicamConnection implements AutoCloseable {
    /** So many pictures may wait while one is looked at. */
    private static final int BUFFERS = 8;

    private static final int MOST_MISSING = 1_000;

    private final Aravis aravis;
    private final Aravis.Glib glib;
    private final String place;
    private final Pointer camera;
    private final boolean isNetwork;
    private @Nullable Pointer stream;
    private boolean lost;
    private long lastNumber = -1;

    private GenicamConnection(Aravis.Loaded loaded, String place, Pointer camera) {
        this.aravis = loaded.aravis();
        this.glib = loaded.glib();
        this.place = place;
        this.camera = camera;
        this.isNetwork = aravis.arv_camera_is_gv_device(camera) != 0;
    }

    /** Connects and lets the camera send; up to some seconds when nobody answers. */
    static GenicamConnection open(GenicamSettings settings) throws CameraFault {
        var loaded = Aravis.Loaded.load();
        String address = settings.address() == null || settings.address().isBlank()
                ? onlyOne(loaded.aravis())
                : settings.address().strip();
        var error = new PointerByReference();
        Pointer camera = loaded.aravis().arv_camera_new(address, error);
        String why = words(loaded.glib(), error);
        if (camera == null) {
            throw address.matches("[0-9.]+|.*:.*")
                    ? new CameraFault(
                            Kind.UNREACHABLE,
                            "no GigE Vision camera answers at %s (%s): look at its power, cable and address, and whether a firewall lets UDP port 3956 through"
                                    .formatted(address, why))
                    : new CameraFault(
                            Kind.NOT_FOUND,
                            "there is no camera '%s' (%s); found are %s".formatted(address, why, ids(loaded.aravis())));
        }
        var connection = new GenicamConnection(loaded, settings.place(), camera);
        try {
            connection.start(settings);
            return connection;
        } catch (CameraFault | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static String onlyOne(Aravis aravis) throws CameraFault {
        List<String> ids = ids(aravis);
        if (ids.isEmpty()) {
            throw new CameraFault(
                    Kind.NOT_FOUND,
                    "no GenICam camera is found: look at power and cable; one in another network needs its address, one at USB the right to use it");
        }
        if (ids.size() > 1) {
            throw new CameraFault(Kind.NOT_FOUND, "several GenICam cameras are found: set address to one of " + ids);
        }
        return ids.get(0);
    }

    private static List<String> ids(Aravis aravis) {
        aravis.arv_update_device_list();
        var ids = new ArrayList<String>();
        for (int i = 0; i < aravis.arv_get_n_devices(); i++) {
            ids.add(aravis.arv_get_device_id(i));
        }
        return ids;
    }

    private void start(GenicamSettings settings) throws CameraFault {
        if (isNetwork && isLost()) {
            throw new CameraFault(
                    Kind.REFUSED,
                    "%s is controlled by somebody else: end the other program, or wait some seconds for its control to end"
                            .formatted(place));
        }
        var error = new PointerByReference();
        if (settings.pixelFormat() != null) {
            aravis.arv_camera_set_pixel_format_from_string(camera, settings.pixelFormat(), error);
            check(error, Kind.CODEC, "cannot be set to pixel format " + settings.pixelFormat());
        }
        int format = aravis.arv_camera_get_pixel_format(camera, error);
        check(error, Kind.ENDED, "does not tell its pixel format");
        if (PixelFormat.of(format).isEmpty()) {
            throw new CameraFault(
                    Kind.CODEC,
                    "%s gives %s, which is not read here: set pixelFormat to one of %s that the camera knows"
                            .formatted(
                                    place,
                                    aravis.arv_camera_get_pixel_format_as_string(camera, error),
                                    GenicamSettings.FORMATS));
        }
        aravis.arv_camera_set_acquisition_mode(camera, Aravis.CONTINUOUS, error);
        check(error, Kind.ENDED, "cannot be set to send picture after picture");
        if (settings.triggerSource() != null) {
            aravis.arv_camera_set_trigger(camera, settings.triggerSource(), error);
            check(error, Kind.NOT_FOUND, "cannot be triggered by " + settings.triggerSource());
        } else {
            // One that has no triggers says so by an error.
            aravis.arv_camera_clear_triggers(camera, error);
            words(glib, error);
        }
        int bytes = aravis.arv_camera_get_payload(camera, error);
        check(error, Kind.ENDED, "does not tell how large its pictures are");
        Pointer opened = aravis.arv_camera_create_stream(camera, null, null, error);
        stream = opened;
        check(error, Kind.ENDED, "opens no stream");
        if (opened == null) {
            throw new CameraFault(Kind.ENDED, place + " opens no stream");
        }
        for (int i = 0; i < BUFFERS; i++) {
            aravis.arv_stream_push_buffer(opened, aravis.arv_buffer_new_allocate(new NativeLong(bytes)));
        }
        aravis.arv_camera_start_acquisition(camera, error);
        check(error, Kind.ENDED, "does not begin to send");
    }

    /** What it gives. */
    StreamFormat format() throws CameraFault {
        var width = new IntByReference();
        var height = new IntByReference();
        var error = new PointerByReference();
        aravis.arv_camera_get_region(camera, new IntByReference(), new IntByReference(), width, height, error);
        check(error, Kind.ENDED, "does not tell the size of its pictures");
        double rate = aravis.arv_camera_is_frame_rate_available(camera, error) != 0
                ? aravis.arv_camera_get_frame_rate(camera, error)
                : 0;
        // Many do not tell their rate.
        words(glib, error);
        return new StreamFormat("rawvideo", width.getValue(), height.getValue(), rate);
    }

    /** Waits for the next picture; empty when none came in time. Those that came and are none are told to the sink. */
    Optional<RawPicture> next(Duration wait, PictureSink sink) {
        Pointer from = stream;
        if (from == null) {
            throw new IllegalStateException("closed");
        }
        Pointer buffer = aravis.arv_stream_timeout_pop_buffer(from, wait.toNanos() / 1_000);
        if (buffer == null) {
            return Optional.empty();
        }
        try {
            return read(buffer, sink);
        } finally {
            aravis.arv_stream_push_buffer(from, buffer);
        }
    }

    private Optional<RawPicture> read(Pointer buffer, PictureSink sink) {
        int status = aravis.arv_buffer_get_status(buffer);
        if (status == Aravis.BUFFER_CLEARED || status == Aravis.BUFFER_ABORTED) {
            return Optional.empty();
        }
        tellMissing(buffer, sink);
        if (status != Aravis.BUFFER_SUCCESS) {
            sink.unusable(Unusable.CUT);
            return Optional.empty();
        }
        int width = aravis.arv_buffer_get_image_width(buffer);
        int height = aravis.arv_buffer_get_image_height(buffer);
        var size = new LongByReference();
        Pointer data = aravis.arv_buffer_get_image_data(buffer, size);
        Optional<PixelFormat> format = PixelFormat.of(aravis.arv_buffer_get_image_pixel_format(buffer));
        if (data == null || format.isEmpty()) {
            sink.unusable(Unusable.NO_PICTURE);
            return Optional.empty();
        }
        long bytes = format.get().bytes(width, height);
        if (bytes <= 0 || size.getValue() < bytes) {
            sink.unusable(Unusable.CUT);
            return Optional.empty();
        }
        return Optional.of(new RawPicture(
                format.get(),
                width,
                height,
                data.getByteArray(0, Math.toIntExact(bytes)),
                aravis.arv_buffer_get_timestamp(buffer)));
    }

    /** Pictures that never came here, for no buffer was free or all their packets were lost: the camera counts on. */
    private void tellMissing(Pointer buffer, PictureSink sink) {
        long number = aravis.arv_buffer_get_frame_id(buffer);
        long missing = number - lastNumber - 1;
        // A counter may begin again, at 65535 or after a trigger.
        if (lastNumber >= 0 && missing > 0 && missing <= MOST_MISSING) {
            for (long i = 0; i < missing; i++) {
                sink.unusable(Unusable.CUT);
            }
        }
        lastNumber = number;
    }

    /** Whether the camera has let go of us: it is off, its cable is, or somebody else has taken it. May ask it, which takes seconds when it is off. */
    boolean isLost() {
        if (isNetwork) {
            lost = aravis.arv_gv_device_is_controller(aravis.arv_camera_get_device(camera)) == 0;
        } else {
            var error = new PointerByReference();
            aravis.arv_camera_get_payload(camera, error);
            lost = !words(glib, error).isEmpty();
        }
        return lost;
    }

    private void check(PointerByReference error, Kind kind, String what) throws CameraFault {
        String why = words(glib, error);
        if (!why.isEmpty()) {
            throw new CameraFault(kind, "%s %s: %s".formatted(place, what, why));
        }
    }

    /** What went wrong, if anything; and makes room for the next. */
    private static String words(Aravis.Glib glib, PointerByReference error) {
        Pointer told = error.getValue();
        if (told == null) {
            return "";
        }
        // A GError begins with two numbers of four bytes each.
        String words = told.getPointer(8).getString(0);
        glib.g_error_free(told);
        error.setValue(null);
        return OneLine.of(words, 200);
    }

    @Override
    public void close() {
        if (stream != null) {
            if (!lost) {
                var error = new PointerByReference();
                aravis.arv_camera_stop_acquisition(camera, error);
                words(glib, error);
            }
            glib.g_object_unref(stream);
            stream = null;
        }
        glib.g_object_unref(camera);
    }
}
