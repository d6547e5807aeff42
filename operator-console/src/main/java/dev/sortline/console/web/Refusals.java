// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import dev.sortline.trouble.TroubleLog;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.concurrent.CompletionException;
import org.slf4j.LoggerFactory;

/** Answers what is not answered: each time in the same form, and never with what went wrong inside. */
final class Refusals implements Routes {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(Refusals.class));

    /** The form of every refusal. */
    private record Refused(String code, String detail) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.exception(RefusedException.class, (refused, request) -> tell(request, refused));
        routes.exception(HttpResponseException.class, (e, request) -> tell(request, e.getStatus()));
        routes.exception(CompletionException.class, (e, request) -> {
            if (e.getCause() instanceof RefusedException refused) {
                tell(request, refused);
            } else {
                fail(e, request);
            }
        });
        routes.exception(Exception.class, Refusals::fail);
    }

    private static void fail(Exception e, Context request) {
        TROUBLE.error("failed", "Answering " + request.method() + " " + request.path() + " failed: " + e);
        tell(request, Refusal.FAILED.because("Something went wrong here; the log says what."));
    }

    /** What the server itself refuses. */
    private static void tell(Context request, int status) {
        tell(
                request,
                switch (status) {
                    case 404 -> Refusal.NOT_FOUND.because("There is no such page.");
                    case 405 -> Refusal.BAD_REQUEST.because(405, "That cannot be done here.");
                    case 413 -> Refusal.TOO_LARGE.because("More was sent than is taken.");
                    default ->
                        status < 500
                                ? Refusal.BAD_REQUEST.because(status, "The request cannot be understood.")
                                : Refusal.FAILED.because("Something went wrong here; the log says what.");
                });
    }

    private static void tell(Context request, RefusedException refused) {
        if (refused.retryAfterSeconds() > 0) {
            request.header("Retry-After", String.valueOf(refused.retryAfterSeconds()));
        }
        request.header("Cache-Control", "no-store")
                .status(refused.status())
                .json(new Refused(refused.refusal().code(), refused.detail()));
    }
}
