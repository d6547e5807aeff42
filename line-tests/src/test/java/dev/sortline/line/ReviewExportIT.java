// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.ItemLabel;
import dev.sortline.line.peers.WrittenReviews;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import dev.sortline.reviews.ExportSummary;
import dev.sortline.reviews.ReviewExport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people said, as it lies in a real broker's topics, becomes a folder to train on. */
@Timeout(120)
class ReviewExportIT {
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 1};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 2};

    private Broker broker;
    private WrittenReviews reviews;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
        reviews = new WrittenReviews(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @Test
    void folderHoldsWhatWasSaidLastOfEachItem() throws Exception {
        // Given
        reviews.ask("glass", JPEG);
        reviews.ask("nothing", PNG);
        reviews.ask("several", JPEG);
        reviews.ask("taken-back", JPEG);
        reviews.ask("unlabelled", JPEG);
        reviews.ask("no-picture", new byte[] {1, 2, 3});
        reviews.label("glass", "metal");
        reviews.label("glass", "glass");
        reviews.say("nothing", ItemLabel.Said.NOTHING);
        reviews.say("several", ItemLabel.Said.SEVERAL_ITEMS);
        reviews.label("taken-back", "paper");
        reviews.label("no-picture", "paper");
        reviews.takeBack("taken-back");

        // When
        var summary = ReviewExport.run(Map.of("bootstrap.servers", broker.bootstrapServers()), folder, Instant.MIN);

        // Then
        assertThat(summary).isEqualTo(new ExportSummary(2, 2, 0, 0, 1, 2, 1));
        assertThat(folder.resolve("glass/line-1-glass.jpg")).hasBinaryContent(JPEG);
        assertThat(folder.resolve("empty/line-1-nothing.png")).hasBinaryContent(PNG);
        assertThat(folder.resolve("manifest.json")).exists();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("glass", "empty", "manifest.json");
    }

    @Test
    void itemsThatWereDecidedBeforeAreNotAdded() throws Exception {
        // Given
        reviews.ask("glass", JPEG);
        reviews.label("glass", "glass");

        // When
        var summary = ReviewExport.run(
                Map.of("bootstrap.servers", broker.bootstrapServers()), folder, WrittenReviews.AT.plusSeconds(9));

        // Then
        assertThat(summary.pictures()).isZero();
    }
}
