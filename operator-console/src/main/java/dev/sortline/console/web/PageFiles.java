// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page's own files and the chart library's, from the class path. A browser keeps them and asks each time whether they are still the same. */
final class PageFiles implements Routes {
    private static final String PAGE = "/dev/sortline/console/page/";
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final String API = "/dev/sortline/console/openapi.yaml";

    /** Neither a way up nor a hidden file. */
    private static final Pattern NAME =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,63}/){0,3}[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("yaml", "application/yaml"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));

    private final Gate gate;
    private final Map<String, StoredFile> files = new ConcurrentHashMap<>();

    PageFiles(Gate gate) {
        this.gate = gate;
    }

    /** Nobody writes to the bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    private record StoredFile(byte[] bytes, String type, String tag) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/", this::page, Role.ANYONE);
        routes.get("/sign-in", request -> serve(request, PAGE + "sign-in.html"), Role.ANYONE);
        routes.get("/assets/<file>", request -> serve(request, PAGE + "assets/" + name(request)), Role.ANYONE);
        routes.get("/webjars/uplot/<file>", request -> serve(request, CHARTS + name(request)), Role.ANYONE);
        routes.get("/openapi.yaml", request -> serve(request, API), Role.ANYONE);
    }

    private void page(Context request) {
        if (gate.roleOf(request) == Role.ANYONE) {
            request.redirect("/sign-in", HttpStatus.SEE_OTHER);
            return;
        }
        serve(request, PAGE + "index.html");
    }

    private static String name(Context request) {
        String name = request.pathParam("file").replaceFirst("^dist/", "");
        if (!NAME.matcher(name).matches()) {
            throw notFound();
        }
        return name;
    }

    private void serve(Context request, String resource) {
        StoredFile file = file(resource);
        request.header("ETag", file.tag()).header("Cache-Control", "no-cache").header("Vary", "Accept-Encoding");
        @Nullable String known = request.header("If-None-Match");
        if (known != null && known.contains(file.tag())) {
            request.status(304);
            return;
        }
        request.contentType(file.type()).result(file.bytes());
    }

    private StoredFile file(String resource) {
        // Only what is there is kept, so nobody can fill the memory with names.
        StoredFile kept = files.get(resource);
        if (kept != null) {
            return kept;
        }
        @Nullable String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
        try (InputStream stored = PageFiles.class.getResourceAsStream(resource)) {
            if (stored == null || type == null) {
                throw notFound();
            }
            byte[] bytes = stored.readAllBytes();
            var file = new StoredFile(bytes, type, "W/\"" + digest(bytes) + "\"");
            files.put(resource, file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static RefusedException notFound() {
        return Refusal.NOT_FOUND.because("There is no such page.");
    }
}
