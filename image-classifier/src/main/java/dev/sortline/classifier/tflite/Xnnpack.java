// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.tflite;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.TfLiteDelegate;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/**
 * XNNPACK, as one interpreter of TensorFlow Lite uses it. The interpreter would take it by itself, but in float32 alone: what tells it to compute
 * eight bits is in the library's C interface (TensorFlow's {@code xnnpack_delegate.h}), which its Java classes leave out.
 */
final class Xnnpack implements AutoCloseable {
    private static final int SIGNED_EIGHT_BITS = 1;
    private static final long OPTIONS_THREADS = 0;
    private static final long OPTIONS_FLAGS = 4;
    /** More than the options take; what is 0 is left to XNNPACK. */
    private static final long OPTIONS_ROOM = 256;

    private final NativeLibrary library;
    private final com.sun.jna.Pointer delegate;

    private Xnnpack(NativeLibrary library, com.sun.jna.Pointer delegate) {
        this.library = library;
        this.delegate = delegate;
    }

    /**
     * Makes it ready for one interpreter.
     *
     * @param threads that share one run, at least 1
     * @throws LinkageError if the library is not there, or is without XNNPACK on this platform
     */
    static Xnnpack of(int threads) {
        NativeLibrary library = NativeLibrary.getInstance(Loader.load(tensorflowlite.class));
        Function create = library.getFunction("TfLiteXNNPackDelegateCreate");
        try (Memory options = new Memory(OPTIONS_ROOM)) {
            options.clear();
            options.setInt(OPTIONS_THREADS, threads);
            options.setInt(OPTIONS_FLAGS, SIGNED_EIGHT_BITS);
            return new Xnnpack(library, create.invokePointer(new Object[] {options}));
        }
    }

    TfLiteDelegate delegate() {
        return new TfLiteDelegate(new Address(com.sun.jna.Pointer.nativeValue(delegate)));
    }

    /** Call it after the interpreter's end. */
    @Override
    public void close() {
        library.getFunction("TfLiteXNNPackDelegateDelete").invokeVoid(new Object[] {delegate});
    }

    /** The one library's pointer as the other's. */
    private static final class Address extends Pointer {
        Address(long value) {
            address = value;
        }
    }
}
