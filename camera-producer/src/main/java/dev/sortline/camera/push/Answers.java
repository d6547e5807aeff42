// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.trouble.RootCause;
import dev.sortline.trouble.TroubleLog;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.concurrent.CompletionException;
import org.slf4j.LoggerFactory;

/** The form of all answers: JSON, and never what went wrong inside. */
final class Answers {
    static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(Answers.class));

    private Answers() {}

    private record Refused(String code, String detail) {}

    /** Makes the answers of all that is refused. */
    static void addRefusalsTo(RoutesConfig routes) {
        routes.exception(RefusedException.class, (refused, request) -> refuse(request, refused));
        routes.exception(HttpResponseException.class, (e, request) -> refuse(request, ofStatus(e.getStatus())));
        routes.exception(CompletionException.class, (e, request) -> {
            if (e.getCause() instanceof RefusedException refused) {
                refuse(request, refused);
            } else {
                fail(request, e);
            }
        });
        routes.exception(Exception.class, (e, request) -> fail(request, e));
    }

    static void tell(Context request, int status, Object answer) {
        try {
            request.status(status)
                    .contentType("application/json")
                    .header("Cache-Control", "no-store")
                    .result(JSON.writeValueAsBytes(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is always representable as JSON", e);
        }
    }

    private static void refuse(Context request, RefusedException refused) {
        long retry = refused.refusal().retryAfterSeconds();
        if (retry > 0) {
            request.header("Retry-After", String.valueOf(retry));
        }
        if (refused.refusal() == Refusal.NO_TOKEN) {
            request.header("WWW-Authenticate", "Bearer");
        }
        tell(request, refused.refusal().status(), new Refused(refused.refusal().code(), refused.detail()));
    }

    private static void fail(Context request, Exception e) {
        TROUBLE.error("failed", "answering " + request.method() + " " + request.path() + " failed: " + RootCause.of(e));
        refuse(request, Refusal.FAILED.because("Something went wrong here; the log says what."));
    }

    /** What the server itself refuses. */
    private static RefusedException ofStatus(int status) {
        return switch (status) {
            case 404 -> Refusal.NOT_FOUND.because("POST to /frames/{line}/{camera} or /triggers/{line}/{camera}.");
            case 405 -> Refusal.NO_SUCH_METHOD.because("Only POST is taken here.");
            case 413 -> Refusal.TOO_LARGE.because("More was sent than is taken.");
            default ->
                status < 500
                        ? Refusal.BAD_REQUEST.because("The request cannot be understood.")
                        : Refusal.FAILED.because("Something went wrong here; the log says what.");
        };
    }
}
