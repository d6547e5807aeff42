// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.sortline.console.ConsoleSettings;
import dev.sortline.line.peers.Chromium;
import dev.sortline.line.peers.ConsoleLine;
import dev.sortline.line.peers.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's page in a real browser, on the real line. With {@code -Dsortline.write=true} the pictures of the documents are taken anew. */
@EnabledIf(value = "dev.sortline.line.peers.Chromium#isThere", disabledReason = "Chromium is not installed")
class ConsolePagesIT {
    private static final double SOON = 30_000;
    private static final LocatorAssertions.ContainsTextOptions TEXT_SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(SOON);
    private static final LocatorAssertions.HasCountOptions COUNT_SOON =
            new LocatorAssertions.HasCountOptions().setTimeout(SOON);

    private static Chromium chromium;
    private static ConsoleLine line;

    private final List<String> troubles = new ArrayList<>();
    private BrowserContext somebody;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        line = ConsoleLine.start(ConsoleSettings.Access.onLoopback(0), 5);
    }

    @AfterAll
    static void stop() throws Exception {
        if (line != null) {
            line.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        use(new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(1280, 900));
    }

    @AfterEach
    void leave() {
        somebody.close();
        assertThat(troubles).as("what the browser complains of").isEmpty();
    }

    private void use(Browser.NewContextOptions options) {
        if (somebody != null) {
            somebody.close();
        }
        somebody = chromium.somebody(options.setPermissions(List.of("camera")));
        page = somebody.newPage();
        page.onPageError(troubles::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("the server responded with a status of 4")) {
                troubles.add(message.text());
            }
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(line.address().toString())
                    && !request.url().matches("(blob|data):.*")) {
                troubles.add("asks another host: " + request.url());
            }
        });
    }

    private Locator part(String name) {
        return page.getByTestId(name);
    }

    private void go(String view) {
        page.navigate(line.address() + "#" + view);
        assertThat(page.locator("html[data-ready=true]")).hasCount(1, COUNT_SOON);
        assertThat(page.locator("#" + view)).isVisible();
    }

    private void upload(Path... pictures) {
        part("try-files").setInputFiles(pictures);
    }

    private static Path picture(String label) throws IOException {
        try (var files = java.nio.file.Files.list(Samples.frames().resolve(label))) {
            return files.sorted().findFirst().orElseThrow();
        }
    }

    /** A picture of the documents, where they are to be written anew. */
    private void show(String name) {
        if (Boolean.getBoolean("sortline.write")) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("..", "docs", "images", "console-" + name + ".png"))
                    .setFullPage(false));
        }
    }

    @Test
    void pictureThatIsTriedIsAnsweredByTheLineInWordsAndBars() throws IOException {
        // Given
        go("try");

        // When
        upload(picture("glass"));

        // Then
        assertThat(part("try-answer")).containsText(Pattern.compile("glass", Pattern.CASE_INSENSITIVE), TEXT_SOON);
        assertThat(part("try-list").locator("li")).hasCount(1, COUNT_SOON);
        show("try");
    }

    @Test
    @Tag("exhaustive")
    void severalPicturesAreTriedOneAfterTheOtherAndCounted() throws IOException {
        // Given
        go("try");

        // When
        upload(picture("glass"), picture("metal"), picture("paper"), picture("empty"));

        // Then
        assertThat(part("try-list").locator("li")).hasCount(4, COUNT_SOON);
    }

    @Test
    @Tag("exhaustive")
    void shotOfTheDevicesCameraIsAnswered() {
        // Given
        go("try");
        part("try-camera-open").click();

        // When
        part("try-shoot").click();

        // Then
        assertThat(part("try-list").locator("li")).hasCount(1, COUNT_SOON);
    }

    @Test
    @Tag("exhaustive")
    void textThatIsCalledAPictureIsRefusedWithASentence() {
        // Given
        go("try");

        // When
        part("try-files")
                .setInputFiles(new FilePayload(
                        "bottle.jpg", "image/jpeg", "This is no picture.".getBytes(StandardCharsets.UTF_8)));

        // Then
        assertThat(part("try-troubles")).not().isEmpty(new LocatorAssertions.IsEmptyOptions().setTimeout(SOON));
        assertThat(part("try-troubles")).not().containsText("Exception");
    }

    @Test
    @Tag("exhaustive")
    void lineShowsWhatPassesAndCanBePaused() {
        // Given
        go("line");
        assertThat(part("line-cards")).containsText("line-1", TEXT_SOON);
        assertThat(part("line-cards"))
                .containsText(Pattern.compile("glass|metal|paper|plastic", Pattern.CASE_INSENSITIVE), TEXT_SOON);
        // By asking again and again: what waits inside the page would have to evaluate text there, which its policy
        // forbids.
        await().pollInSameThread()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> (boolean)
                                page.evaluate(
                                        "[...document.querySelectorAll('[data-testid=line-strip] img')].filter(each => each.naturalWidth).length > 2"));
        show("line");

        // When
        part("line-pause").click();

        // Then
        assertThat(part("line-paused")).isVisible();
    }

    @Test
    @Tag("exhaustive")
    void reportTellsOfTheShift() {
        // Given
        go("report");

        // When
        part("report-show").click();

        // Then
        assertThat(part("report-lines")).containsText("line-1", TEXT_SOON);
        show("report");
    }

    @Test
    @Tag("exhaustive")
    void keySaysWhatAReviewedItemIsAndAnotherTakesItBack() {
        // Given
        go("review");
        assertThat(part("review-card")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(SOON));
        String picture = part("review-image").getAttribute("src");
        show("review");

        // When
        page.keyboard().press("1");
        assertThat(part("review-image"))
                .not()
                .hasAttribute("src", picture, new LocatorAssertions.HasAttributeOptions().setTimeout(SOON));
        page.keyboard().press("u");

        // Then
        assertThat(part("review-image"))
                .hasAttribute("src", picture, new LocatorAssertions.HasAttributeOptions().setTimeout(SOON));
    }

    @Test
    @Tag("exhaustive")
    void modelTellsHowGoodItIs() {
        // When
        go("model");

        // Then
        assertThat(part("model-name")).containsText("waste-mobilenet-v2", TEXT_SOON);
        assertThat(part("model-evaluation-figures")).containsText("%", TEXT_SOON);
        show("model");
    }

    @ParameterizedTest
    @CsvSource({
        "try, LIGHT, 1280", "line, LIGHT, 1280", "report, LIGHT, 1280", "review, LIGHT, 1280", "model, LIGHT, 1280",
        "try, DARK, 360", "line, DARK, 360", "report, DARK, 360", "review, DARK, 360", "model, DARK, 360",
    })
    @Tag("exhaustive")
    void pageCanBeUsedByEverybody(String view, ColorScheme scheme, int width) throws IOException {
        // Given
        use(new Browser.NewContextOptions()
                .setLocale("id-ID")
                .setColorScheme(scheme)
                .setViewportSize(width, 800));
        go(view);
        switch (view) {
            case "try" -> {
                upload(picture("glass"));
                assertThat(part("try-list").locator("li")).hasCount(1, COUNT_SOON);
            }
            case "line" -> assertThat(part("line-cards")).containsText("line-1", TEXT_SOON);
            case "report" -> {
                part("report-show").click();
                assertThat(part("report-lines")).containsText("line-1", TEXT_SOON);
            }
            case "model" -> assertThat(part("model-evaluation-figures")).containsText("%", TEXT_SOON);
            default ->
                assertThat(part("review-card")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(SOON));
        }

        // When
        var found = new AxeBuilder(page).analyze().getViolations();

        // Then
        assertThat(found)
                .extracting(Rule::getId, Rule::getHelp, rule -> rule.getNodes().toString())
                .isEmpty();
        assertThat((int) page.evaluate("document.scrollingElement.scrollWidth")).isLessThanOrEqualTo(width);
        assertThat(page.locator("html")).hasAttribute("lang", "id");
        if (view.equals("try") && scheme == ColorScheme.DARK) {
            show("phone");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"try", "line", "report", "review", "model"})
    @Tag("exhaustive")
    void pageIsReachedByKeysAlone(String view) {
        // Given
        go(view.equals("try") ? "model" : "try");

        // When
        for (int i = 0;
                i < 20
                        && !page.locator(":focus")
                                .evaluateAll("found => found.map(each => each.hash)")
                                .toString()
                                .contains("#" + view);
                i++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");

        // Then
        assertThat(page.locator("#" + view)).isVisible();
    }

    @Test
    @Tag("exhaustive")
    void twoPeopleTryAtTheSameTimeAndEachHasTheirOwnHistory() throws IOException {
        // Given
        go("try");
        try (BrowserContext other = chromium.somebody(new Browser.NewContextOptions())) {
            Page theirs = other.newPage();
            theirs.navigate(line.address() + "#try");
            assertThat(theirs.locator("html[data-ready=true]")).hasCount(1, COUNT_SOON);

            // When
            upload(picture("glass"));
            theirs.getByTestId("try-files").setInputFiles(new Path[] {picture("metal"), picture("paper")});

            // Then
            assertThat(theirs.getByTestId("try-list").locator("li")).hasCount(2, COUNT_SOON);
            assertThat(part("try-list").locator("li")).hasCount(1, COUNT_SOON);
        }
    }
}
