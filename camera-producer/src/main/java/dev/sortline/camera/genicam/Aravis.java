// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.genicam;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraFault.Kind;
import org.jspecify.annotations.Nullable;

/** Those functions of Aravis 0.8 that are called here, by their own names; what they do its documentation says. Safe for any thread. */
@SuppressWarnings({"checkstyle:MethodName", "MemberName"})
interface Aravis extends Library {
    /** Of {@code ArvBufferStatus}: the picture is whole. */
    int BUFFER_SUCCESS = 0;

    /** Of {@code ArvBufferStatus}: it never was filled, for the stream has ended. */
    int BUFFER_CLEARED = 1;

    /** Of {@code ArvBufferStatus}: the stream has ended meanwhile. */
    int BUFFER_ABORTED = 7;

    /** Of {@code ArvAcquisitionMode}. */
    int CONTINUOUS = 0;

    void arv_update_device_list();

    int arv_get_n_devices();

    String arv_get_device_id(int index);

    @Nullable Pointer arv_camera_new(@Nullable String name, PointerByReference error);

    int arv_camera_is_gv_device(Pointer camera);

    Pointer arv_camera_get_device(Pointer camera);

    int arv_gv_device_is_controller(Pointer device);

    void arv_camera_set_pixel_format_from_string(Pointer camera, String format, PointerByReference error);

    int arv_camera_get_pixel_format(Pointer camera, PointerByReference error);

    @Nullable String arv_camera_get_pixel_format_as_string(Pointer camera, PointerByReference error);

    int arv_camera_get_payload(Pointer camera, PointerByReference error);

    void arv_camera_get_region(
            Pointer camera,
            IntByReference x,
            IntByReference y,
            IntByReference width,
            IntByReference height,
            PointerByReference error);

    int arv_camera_is_frame_rate_available(Pointer camera, PointerByReference error);

    double arv_camera_get_frame_rate(Pointer camera, PointerByReference error);

    void arv_camera_set_acquisition_mode(Pointer camera, int mode, PointerByReference error);

    void arv_camera_set_trigger(Pointer camera, String source, PointerByReference error);

    void arv_camera_clear_triggers(Pointer camera, PointerByReference error);

    @Nullable Pointer arv_camera_create_stream(
            Pointer camera, @Nullable Pointer callback, @Nullable Pointer user, PointerByReference error);

    void arv_camera_start_acquisition(Pointer camera, PointerByReference error);

    void arv_camera_stop_acquisition(Pointer camera, PointerByReference error);

    Pointer arv_buffer_new_allocate(NativeLong size);

    void arv_stream_push_buffer(Pointer stream, Pointer buffer);

    @Nullable Pointer arv_stream_timeout_pop_buffer(Pointer stream, long micros);

    int arv_buffer_get_status(Pointer buffer);

    int arv_buffer_get_image_width(Pointer buffer);

    int arv_buffer_get_image_height(Pointer buffer);

    int arv_buffer_get_image_pixel_format(Pointer buffer);

    long arv_buffer_get_timestamp(Pointer buffer);

    long arv_buffer_get_frame_id(Pointer buffer);

    @Nullable Pointer arv_buffer_get_image_data(Pointer buffer, LongByReference size);

    /** Of GLib, on which Aravis stands. */
    interface Glib extends Library {
        void g_object_unref(Pointer object);

        void g_error_free(Pointer error);
    }

    /**
     * Both.
     *
     * @param aravis of GenICam
     * @param glib of memory
     */
    record Loaded(Aravis aravis, Glib glib) {
        private static final String LIBRARY = "libaravis-0.8.so.0";

        /** For as long as the process: GLib knows their types by then and would wait for ever if they were unloaded and loaded again. */
        private static @Nullable Loaded once;

        /** @throws CameraFault when they are not installed */
        static synchronized Loaded load() throws CameraFault {
            Loaded loaded = once;
            if (loaded == null) {
                try {
                    loaded = new Loaded(
                            Native.load(LIBRARY, Aravis.class), Native.load("libgobject-2.0.so.0", Glib.class));
                } catch (UnsatisfiedLinkError e) {
                    throw new CameraFault(
                            Kind.NOT_INSTALLED,
                            "GenICam cameras need %s, which is not installed: on Debian and Ubuntu, apt install libaravis-0.8-0"
                                    .formatted(LIBRARY),
                            e);
                }
                once = loaded;
            }
            return loaded;
        }
    }
}
