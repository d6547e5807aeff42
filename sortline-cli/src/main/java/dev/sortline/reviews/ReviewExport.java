// SPDX-License-Identifier: Apache-2.0
package dev.sortline.reviews;

import dev.sortline.contract.BadEnvelopeException;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.ReviewRequestSerde;
import dev.sortline.contract.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Brings a folder of labelled pictures up to what people have said until now. First all labels are read, then the requests for reviews one by
 * one, so that no more than one picture is held at a time.
 */
public final class ReviewExport {
    private final Deserializer<ReviewRequest> requests = new ReviewRequestSerde().deserializer();
    private final SaidLabels labels;
    private final FileNames names;
    private final ExportFolder folder;
    private final Instant since;
    private final Set<String> unlabelled = new HashSet<>();
    private int unreadable;

    private ReviewExport(SaidLabels labels, ExportFolder folder, Instant since) {
        this.labels = labels;
        this.names = FileNames.of(labels.all());
        this.folder = folder;
        this.since = since;
    }

    /**
     * Reads both topics to their ends as they are now, and writes.
     *
     * @param kafka client properties that lead to the cluster; both topics must exist
     * @param directory where the pictures go; made if it is not there
     * @param since items that were decided before are not written anew; {@link Instant#MIN} for all
     * @throws IOException if the disk fails; what is there is whole, and the next run goes on from it
     * @throws dev.sortline.process.CommandFailure when the cluster stops answering, or a file of somebody else's is in the way
     */
    public static ExportSummary run(Map<String, Object> kafka, Path directory, Instant since) throws IOException {
        var labels = new SaidLabels();
        new TopicContent(kafka, Topic.LABELS).forEach(labels::take);
        var export = new ReviewExport(labels, ExportFolder.open(directory), since);
        export.folder.keepWhatIsStillSaid(labels, export.names);
        try {
            new TopicContent(kafka, Topic.REVIEWS).forEach(export::take);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        export.folder.writeManifest();
        return export.summary();
    }

    private void take(ConsumerRecord<String, byte[]> message) {
        ReviewRequest request;
        try {
            request = requests.deserialize(message.topic(), message.headers(), message.value());
        } catch (BadEnvelopeException e) {
            unreadable++;
            return;
        }
        String key = ItemLabel.key(request.event().lineId(), request.event().itemId());
        ItemLabel said = labels.all().get(key);
        if (said == null) {
            unlabelled.add(key);
            return;
        }
        if (said.said() == ItemLabel.Said.SEVERAL_ITEMS
                || request.event().decidedAt().isBefore(since)) {
            return;
        }
        PictureKind kind = PictureKind.of(request.image());
        if (kind == null || !FileNames.canBeAFolder(FileNames.label(said))) {
            unreadable++;
            return;
        }
        try {
            folder.put(request, said, names.of(said, kind));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ExportSummary summary() {
        return folder.summary(
                labels.count(ItemLabel.Said.SEVERAL_ITEMS), unlabelled.size(), unreadable + labels.unreadable());
    }
}
