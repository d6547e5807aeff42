// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.review;

import dev.sortline.console.book.PictureShelf;
import dev.sortline.console.book.ReviewBook;
import dev.sortline.console.book.ReviewBook.Word;
import dev.sortline.console.book.ReviewedItem;
import dev.sortline.console.book.ReviewedItem.Place;
import dev.sortline.contract.BadEnvelopeException;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ItemLabelSerde;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.ReviewRequestSerde;
import dev.sortline.contract.Topic;
import dev.sortline.trouble.TroubleLog;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Writes the records of the topics of reviews and labels into the book. What cannot be read is passed over, and told. */
final class ReviewIntake {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(ReviewIntake.class));

    private final ReviewBook book;
    private final PictureShelf shelf;
    private final Consumer<ReviewedItem> asked;
    private final Deserializer<ReviewRequest> requests = new ReviewRequestSerde().deserializer();
    private final Deserializer<ItemLabel> labels = new ItemLabelSerde().deserializer();

    /** @param asked hears of each item, once it stands in the book */
    ReviewIntake(ReviewBook book, PictureShelf shelf, Consumer<ReviewedItem> asked) {
        this.book = book;
        this.shelf = shelf;
        this.asked = asked;
    }

    /** Takes a record of either topic. */
    void take(ConsumerRecord<String, byte[]> message) {
        try {
            if (message.topic().equals(Topic.REVIEWS.topicName())) {
                takeRequest(message);
            } else {
                takeWord(message);
            }
        } catch (BadEnvelopeException e) {
            passOver(message, String.valueOf(e.getMessage()));
        }
    }

    private static void passOver(ConsumerRecord<String, byte[]> message, String problem) {
        TROUBLE.warn(
                message.topic(),
                "Record " + message.partition() + "@" + message.offset() + " of " + message.topic()
                        + " is passed over: " + problem);
    }

    private void takeRequest(ConsumerRecord<String, byte[]> message) {
        ReviewRequest request = requests.deserialize(message.topic(), message.headers(), message.value());
        ReviewedItem item = ReviewedItem.of(request, new Place(message.partition(), message.offset()));
        shelf.put(item.key(), request.image());
        long before = book.fallenOut();
        book.ask(item);
        asked.accept(item);
        if (book.fallenOut() > before) {
            TROUBLE.warn(
                    "full",
                    "Of more than " + ReviewBook.MOST_ITEMS + " items to review the oldest fall out: "
                            + book.fallenOut() + " so far");
        }
    }

    private void takeWord(ConsumerRecord<String, byte[]> message) {
        String key = message.key();
        if (key == null) {
            passOver(message, "it has no key, which must be the item's");
            return;
        }
        @Nullable ItemLabel label = message.value() == null
                ? null
                : labels.deserialize(message.topic(), message.headers(), message.value());
        book.hear(new Word(key, label, message.offset(), Instant.ofEpochMilli(message.timestamp())));
    }
}
