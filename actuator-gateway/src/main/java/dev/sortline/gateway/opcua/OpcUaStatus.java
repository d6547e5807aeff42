// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import dev.sortline.trouble.RootCause;
import java.nio.channels.ClosedChannelException;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaExceptionStatus;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** Status codes as handbooks write them. */
final class OpcUaStatus {
    private OpcUaStatus() {}

    /** {@code Bad_NodeIdUnknown} and its like. */
    static String of(StatusCode status) {
        return StatusCodes.lookup(status.value()).map(words -> words[0]).orElseGet(() -> "0x%08X"
                .formatted(status.value()));
    }

    /** Why something has failed, in a line: its status where it has one. */
    static String of(Throwable failure) {
        return UaExceptionStatus.extract(failure).map(OpcUaStatus::told).orElseGet(() -> root(failure));
    }

    private static String told(UaExceptionStatus failure) {
        // Where nothing was said the library's message repeats the status.
        String said = failure.getMessage().replaceFirst("^status=\\w+(, description=)?", "");
        return said.isEmpty() ? of(failure.getStatusCode()) : of(failure.getStatusCode()) + ": " + said;
    }

    private static String root(Throwable failure) {
        Throwable root = RootCause.of(failure);
        if (root instanceof ClosedChannelException) {
            return "the connection is closed";
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
