// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.console.web.ConsoleServer.Place;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleServerTest {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
    private final List<Socket> peers = new ArrayList<>();
    private final AtomicBoolean taken = new AtomicBoolean();
    private Instant now = Instant.parse("2026-01-01T06:00:00Z");
    private ConsoleServer server;

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        for (Socket peer : peers) {
            peer.close();
        }
    }

    @Test
    void withoutPasswordsOnThisMachineEverybodyIsOperator() throws Exception {
        // Given
        serve(false, false);

        // When
        var session = get("/api/session");

        // Then
        assertThat(session.body()).isEqualTo("{\"role\":\"operator\",\"passwords\":false,\"canReview\":true}");
        assertThat(send(post("/api/said")).statusCode()).isEqualTo(204);
    }

    @Test
    void whoHasNotSignedInIsShownTheSignInPageAndNothingElse() throws Exception {
        // Given
        serve(true, true);

        // When
        var looked = get("/api/looked");
        var page = get("/");

        // Then
        assertThat(looked.statusCode()).isEqualTo(401);
        assertThat(looked.body()).isEqualTo("{\"code\":\"not-signed-in\",\"detail\":\"Sign in first.\"}");
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location")).contains("/sign-in");
    }

    @Test
    void viewerLooksAndDoesNotReview() throws Exception {
        // Given
        serve(true, true);
        String cookie = signIn("look");

        // When
        var looked = send(request("/api/looked").header("Cookie", cookie));
        var said = send(post("/api/said").header("Cookie", cookie));

        // Then
        assertThat(looked.statusCode()).isEqualTo(200);
        assertThat(said.statusCode()).isEqualTo(403);
        assertThat(said.body()).contains("\"code\":\"not-allowed\"");
    }

    @Test
    void operatorDoesBoth() throws Exception {
        // Given
        serve(true, true);
        String cookie = signIn("say");

        // When
        var looked = send(request("/api/looked").header("Cookie", cookie));
        var said = send(post("/api/said").header("Cookie", cookie));

        // Then
        assertThat(looked.statusCode()).isEqualTo(200);
        assertThat(said.statusCode()).isEqualTo(204);
    }

    @Test
    void withOnlyAnOperatorsPasswordEverybodyLooks() throws Exception {
        // Given
        serve(false, true);

        // When
        var looked = get("/api/looked");
        var said = send(post("/api/said"));

        // Then
        assertThat(looked.statusCode()).isEqualTo(200);
        assertThat(said.statusCode()).isEqualTo(403);
    }

    @Test
    void withOnlyAViewersPasswordWhoMayLookMayReview() throws Exception {
        // Given
        serve(true, false);
        String cookie = signIn("look");

        // When
        var said = send(post("/api/said").header("Cookie", cookie));

        // Then
        assertThat(said.statusCode()).isEqualTo(204);
    }

    @Test
    void cookieIsForNoScriptAndNoOtherSite() throws Exception {
        // Given
        serve(true, true);

        // When
        var signedIn = send(signInRequest("look"));

        // Then
        assertThat(signedIn.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .matches("sortline=[A-Za-z0-9_-]{43}; Path=/; Expires=[^;]+; Max-Age=43200; HttpOnly; SameSite=Strict");
    }

    @Test
    void sessionIsOverWhenItsTimeIs() throws Exception {
        // Given
        serve(true, true);
        String cookie = signIn("look");

        // When
        now = now.plus(Sessions.LIFETIME);

        // Then
        assertThat(send(request("/api/looked").header("Cookie", cookie)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void sessionIsOverForWhoSignsOut() throws Exception {
        // Given
        serve(true, true);
        String cookie = signIn("look");

        // When
        var signedOut =
                send(request("/api/session").DELETE().header("X-Sortline", "1").header("Cookie", cookie));

        // Then
        assertThat(signedOut.statusCode()).isEqualTo(204);
        assertThat(send(request("/api/looked").header("Cookie", cookie)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void idThatNobodyGaveIsNoSession() throws Exception {
        // Given
        serve(true, true);

        // When
        var looked = send(request("/api/looked").header("Cookie", "sortline=" + "A".repeat(43)));

        // Then
        assertThat(looked.statusCode()).isEqualTo(401);
    }

    @Test
    void wrongPasswordIsAnsweredLateAndTheSixthNotAtAll() throws Exception {
        // Given
        serve(true, true);
        var wrong = signInRequest("wrong").build();
        long began = System.nanoTime();

        // When
        var first = client.send(wrong, BodyHandlers.ofString());
        long nanos = System.nanoTime() - began;
        for (int i = 1; i < 5; i++) {
            var unused = client.send(wrong, BodyHandlers.ofString());
        }
        var sixth = send(signInRequest("look"));

        // Then
        assertThat(first.statusCode()).isEqualTo(401);
        assertThat(first.body()).contains("wrong-password");
        assertThat(Duration.ofNanos(nanos)).isGreaterThan(Duration.ofMillis(400));
        assertThat(sixth.statusCode()).isEqualTo(429);
        assertThat(sixth.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 21L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{", "{\"password\":1}", "{\"password\":\"look\"} x", "{\"other\":\"look\"}"})
    void whatIsNoPasswordIsABadRequest(String body) throws Exception {
        // Given
        serve(true, true);

        // When
        var answer =
                send(request("/api/session").POST(BodyPublishers.ofString(body)).header("X-Sortline", "1"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("bad-request");
    }

    @Test
    void withoutOurHeaderNothingIsChanged() throws Exception {
        // Given
        serve(false, false);

        // When
        var answer = send(request("/api/said").POST(BodyPublishers.noBody()));

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(taken).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, http://evil.example",
        "Origin, null",
        "Origin, http://localhost:1"
    })
    void whatAnotherSitesPageSendsChangesNothing(String header, String value) throws Exception {
        // Given
        serve(false, false);

        // When
        var answer = send(post("/api/said").header(header, value));

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(taken).isFalse();
    }

    @Test
    void whatOurPageSendsPasses() throws Exception {
        // Given
        serve(false, false);

        // When
        var answer = send(post("/api/said")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Origin", "http://localhost:" + server.port()));

        // Then
        assertThat(answer.statusCode()).isEqualTo(204);
    }

    @Test
    void anotherSitesPageReadsNothing() throws Exception {
        // Given
        serve(false, false);

        // When
        var answer = send(request("/api/looked").header("Sec-Fetch-Site", "cross-site"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void nameOfAnotherSiteThatLeadsHereIsRefusedWithoutPasswords() throws Exception {
        // Given
        serve(false, false);

        // When
        String answer = raw("GET /api/looked HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 421");
    }

    @Test
    void proxyMayCallUsAnythingWhereThereIsAPassword() throws Exception {
        // Given
        serve(true, true);

        // When
        String answer = raw("GET /api/session HTTP/1.1\r\nHost: line.example\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void bodyThatSaysThatItIsTooLongIsRefusedBeforeItIsSentWhereTheSenderAsks() throws Exception {
        // Given
        serve(false, false);

        // When
        String answer = raw("POST /api/said HTTP/1.1\r\nHost: localhost\r\nX-Sortline: 1\r\nExpect: 100-continue\r\n"
                + "Content-Length: 1025\r\n\r\n");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 413").contains("too-large");
        assertThat(taken).isFalse();
    }

    @Test
    void bodyOfUnknownLengthIsReadNoFurtherThanItMayBeLong() throws Exception {
        // Given
        serve(false, false);
        String chunk = "400\r\n" + "x".repeat(0x400) + "\r\n";

        // When
        String answer = raw("POST /api/said HTTP/1.1\r\nHost: localhost\r\nX-Sortline: 1\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "0\r\n\r\n");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    @Test
    void bodyThatComesByDropsIsCutOff() throws Exception {
        // Given
        serve(false, false);
        Socket peer =
                peer("POST /api/said HTTP/1.1\r\nHost: localhost\r\nX-Sortline: 1\r\nContent-Length: 1000\r\n\r\n");
        long began = System.nanoTime();
        ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
        var unused = dripping.scheduleAtFixedRate(() -> drop(peer), 0, 200, TimeUnit.MILLISECONDS);

        // When
        String answer = new String(peer.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

        // Then
        assertThat(answer).isEqualTo("HTTP/1.1 408");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        peer.close();
        dripping.shutdown();
        assertThat(dripping.awaitTermination(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void peersThatStopHalfWaySilenceNobodyElse() throws Exception {
        // Given
        serve(false, false);
        for (int i = 0; i < 100; i++) {
            peer("POST /api/said HTTP/1.1\r\nHost: localhost\r\nX-Sortline: 1\r\nContent-Length: 100\r\n\r\nhalf");
        }

        // When
        var looked = get("/api/looked");

        // Then
        assertThat(looked.statusCode()).isEqualTo(200);
    }

    @Test
    void headersWithoutEndAreRefused() throws Exception {
        // Given
        serve(false, false);

        // When
        String answer = raw("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(16 << 10));

        // Then
        assertThat(answer).startsWith("HTTP/1.1 431").doesNotContainIgnoringCase("jetty");
    }

    @Test
    void everyAnswerTellsBrowsersWhatIsAllowed() throws Exception {
        // Given
        serve(false, false);

        // When
        var answer = get("/api/session");
        var missing = get("/nothing");

        // Then
        for (var each : List.of(answer, missing)) {
            assertThat(each.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none'; script-src 'self';")
                    .doesNotContain("unsafe");
            assertThat(each.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(each.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(each.headers().firstValue("Permissions-Policy").orElse(""))
                    .startsWith("camera=(self)");
            assertThat(each.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(each.headers().firstValue("Server")).isEmpty();
        }
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/failed", "/api/broken", "/api/failed-later"})
    void whatFailsInsideIsNotShown(String path) throws Exception {
        // Given
        serve(false, false);

        // When
        var answer = get(path);

        // Then
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret", "dev.sortline", "\tat ");
    }

    @Tag("exhaustive")
    @Test
    void answerMayTakeLongerThanAPeerMayBeQuiet() throws Exception {
        // Given
        serve(false, false);

        // When
        var answer = get("/api/slow");

        // Then
        assertThat(answer.body()).isEqualTo("at last");
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        // Given
        serve(false, false);

        // When
        var answer = send(post("/api/looked"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body()).contains("bad-request");
    }

    @Test
    void chartsAreKeptByTheBrowserUntilTheyChange() throws Exception {
        // Given
        serve(true, true);
        var first = get("/webjars/uplot/uPlot.min.css");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        // When
        var second = send(request("/webjars/uplot/uPlot.min.css").header("If-None-Match", tag));

        // Then
        assertThat(first.body()).contains(".uplot");
        assertThat(first.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @Test
    void largeFilesComePressed() throws Exception {
        // Given
        serve(true, true);

        // When
        var answer = send(request("/webjars/uplot/dist/uPlot.iife.min.js").header("Accept-Encoding", "gzip"));

        // Then
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/webjars/uplot/../package.json",
                "/webjars/uplot/%2e%2e/package.json",
                "/webjars/uplot/..%2fpackage.json",
                "/webjars/uplot/dist/../../LICENSE",
                "/webjars/uplot/..;/package.json",
                "/webjars/uplot/.hidden",
                "/webjars/uplot/a\\..\\package.json",
                "/webjars/uplot/uPlot.d.ts",
                "/assets/../../ConsoleSettings.class",
                "/assets/%00",
                "/assets/"
            })
    void wayOutOfTheFilesIsNone(String path) throws Exception {
        // Given
        serve(false, false);

        // When
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(answer).matches("(?s)HTTP/1\\.1 40[04].*");
    }

    @Test
    void otherMachinesAreNotServedWithoutAPassword() {
        // Given
        var gate = new Gate(Passwords.of(Optional.empty(), Optional.empty()), () -> now, false);
        var everywhere = new Place("0.0.0.0", 0, Optional.empty());

        // When
        var starting = assertThatThrownBy(() -> ConsoleServer.start(everywhere, gate, List.of()));

        // Then
        starting.isInstanceOf(CannotServeException.class)
                .hasMessage(
                        "console.address is '0.0.0.0', which others can reach: set console.viewerPassword, or listen on"
                                + " 127.0.0.1");
    }

    @Test
    void emptyPasswordIsNone() throws Exception {
        // Given
        Path empty = Files.writeString(folder.resolve("empty"), "\nlook\n");

        // When
        var reading = assertThatThrownBy(() -> Passwords.of(Optional.of(empty), Optional.empty()));

        // Then
        reading.isInstanceOf(CannotServeException.class)
                .hasMessage("the password file " + empty + " is empty: its first line is the password");
    }

    @Test
    void routeWithoutARoleIsNotServed() {
        // Given
        var gate = new Gate(Passwords.of(Optional.empty(), Optional.empty()), () -> now, false);
        Routes careless = routes -> routes.get("/open", request -> request.result("x"));

        // When
        var starting = assertThatThrownBy(
                () -> ConsoleServer.start(new Place("127.0.0.1", 0, Optional.empty()), gate, List.of(careless)));

        // Then
        starting.hasMessageContaining("a route has roles []: it needs exactly one");
    }

    @Test
    void portThatIsTakenIsTold() {
        // Given
        serve(false, false);
        var gate = new Gate(Passwords.of(Optional.empty(), Optional.empty()), () -> now, false);
        int port = server.port();

        // When
        var starting = assertThatThrownBy(
                () -> ConsoleServer.start(new Place("127.0.0.1", port, Optional.empty()), gate, List.of()));

        // Then
        starting.isInstanceOf(CannotServeException.class)
                .hasMessageMatching(
                        "cannot serve the page on 127.0.0.1:" + port + ": .*in use.*; choose another console.port");
    }

    private void serve(boolean viewerPassword, boolean operatorPassword) {
        var passwords =
                Passwords.of(password(viewerPassword, "viewer", "look"), password(operatorPassword, "operator", "say"));
        var gate = new Gate(passwords, () -> now, false);
        server = ConsoleServer.start(new Place("127.0.0.1", 0, Optional.empty()), gate, List.of(this::subject));
    }

    private Optional<Path> password(boolean wanted, String name, String password) {
        if (!wanted) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.writeString(folder.resolve(name), password + "\nnot this\n"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void subject(RoutesConfig routes) {
        routes.get("/api/looked", request -> request.json(List.of(1)), Role.VIEWER);
        routes.post(
                "/api/said",
                request -> {
                    var unused = Bodies.atMost(request, 1024);
                    taken.set(true);
                    request.status(204);
                },
                Role.OPERATOR);
        routes.get(
                "/api/failed",
                request -> {
                    throw new IllegalStateException("secret");
                },
                Role.VIEWER);
        routes.get(
                "/api/broken",
                request -> {
                    throw new AssertionError("secret");
                },
                Role.VIEWER);
        routes.get(
                "/api/slow",
                request -> request.future(() -> new CompletableFuture<String>()
                        .completeOnTimeout("at last", 12, TimeUnit.SECONDS)
                        .thenAccept(request::result)),
                Role.VIEWER);
        routes.get(
                "/api/failed-later",
                request -> request.future(() -> CompletableFuture.runAsync(() -> {
                    throw new IllegalStateException("secret");
                })),
                Role.VIEWER);
    }

    private static void drop(Socket peer) {
        try {
            peer.getOutputStream().write('x');
        } catch (IOException e) {
            // cut off, as it should be
        }
    }

    private String signIn(String password) throws Exception {
        return send(signInRequest(password))
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .replaceFirst(";.*", "");
    }

    private HttpRequest.Builder signInRequest(String password) {
        return request("/api/session")
                .POST(BodyPublishers.ofString("{\"password\":\"" + password + "\"}"))
                .header("X-Sortline", "1");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpRequest.Builder post(String path) {
        return request(path).POST(BodyPublishers.ofString("x")).header("X-Sortline", "1");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .timeout(ANSWER_WITHIN);
    }

    private String raw(String sent) throws IOException {
        try (InputStream answer = peer(sent).getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket peer(String sent) throws IOException {
        var peer = new Socket(InetAddress.getLoopbackAddress(), server.port());
        peer.setSoTimeout((int) ANSWER_WITHIN.toMillis());
        peers.add(peer);
        peer.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        return peer;
    }
}
