// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.Line;
import dev.sortline.stream.item.Ballot;
import dev.sortline.stream.item.CameraRun;
import dev.sortline.stream.item.FrameFate;
import dev.sortline.stream.item.FrameReading;
import dev.sortline.stream.item.FrameReading.Classified;
import dev.sortline.stream.item.FrameReading.EmptyBelt;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.item.ItemDecision;
import dev.sortline.stream.item.ItemName;
import dev.sortline.stream.item.ItemVote;
import dev.sortline.stream.item.ServiceTime;
import dev.sortline.stream.item.VoteEnd;
import dev.sortline.stream.review.LatestPictures;
import dev.sortline.stream.review.Picture;
import dev.sortline.stream.topology.KeptItem.Decided;
import dev.sortline.stream.topology.KeptItem.Open;
import dev.sortline.stream.topology.KeptItem.UsedAgain;
import dev.sortline.trouble.TroubleLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Collects the frames of items on lines with several frames an item, decides an item when its {@linkplain VoteEnd vote is over}, publishes
 * its one event and counts each frame's fate: of frames that vote with the decision, of all others at once.
 */
public final class ItemVoting extends ContextualProcessor<String, FrameReading, String, RoutingEvent> {
    /** How often it is looked whether a vote must be over. */
    public static final Duration PERIOD = Duration.ofMillis(20);

    /** A look may come so late: a period, and as long again until an idle stream's thread wakes. */
    private static final Duration LOOK_DELAY = PERIOD.multipliedBy(2);

    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(ItemVoting.class));

    private final Map<String, Line> lines;
    private final ItemDecision decision;
    private final Beside beside;
    private final LineMetrics metrics;
    private final ServiceTime serviceTime;
    private final InstantSource clock;
    private final LatestPictures pictures = new LatestPictures(LatestPictures.MOST_BYTES);
    private @Nullable VoteBook book;

    ItemVoting(
            Map<String, Line> lines,
            ItemDecision decision,
            Beside beside,
            LineMetrics metrics,
            ServiceTime serviceTime,
            InstantSource clock) {
        this.lines = lines;
        this.decision = decision;
        this.beside = beside;
        this.metrics = metrics;
        this.serviceTime = serviceTime;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, RoutingEvent> context) {
        super.init(context);
        if (lines.values().stream().anyMatch(Line::votes)) {
            context.schedule(PERIOD, PunctuationType.WALL_CLOCK_TIME, time -> look());
        }
    }

    @Override
    public void process(Record<String, FrameReading> message) {
        FrameReading reading = message.value();
        Frame frame = reading.taken().frame();
        if (frame.itemId() == null) {
            follow(reading);
        } else {
            vote(nameOf(frame.itemId(), reading.taken()), reading);
        }
        // Where frames come faster than they are decided, the timer waits for them: they look themselves.
        look();
    }

    /** Gives a frame without an item id to the item that its camera sees. */
    private void follow(FrameReading reading) {
        Frame frame = reading.taken().frame();
        Line line = reading.taken().line();
        @Nullable CameraRun run = book().run(line.id(), frame.cameraId()).orElse(null);
        if (run != null && run.hasSeen(frame)) {
            count(line, reading);
            return;
        }
        if (reading instanceof EmptyBelt) {
            count(line, reading);
            if (run != null) {
                book().open(line.id(), run.itemId()).ifPresent(vote -> decide(line, vote));
                book().put(line.id(), frame.cameraId(), run.endedBy(frame));
            }
            return;
        }
        CameraRun now = run != null && run.goesOnWith(frame, line) ? run.with(frame) : CameraRun.startingAt(frame);
        vote(now.itemId(), reading);
        // After the vote: were it before, and the vote lost in a crash,
        // the frame would be taken for one that had been there.
        book().put(line.id(), frame.cameraId(), now);
    }

    private String nameOf(String itemId, TakenFrame taken) {
        String line = taken.line().id();
        Optional<UsedAgain> again = book().usedAgain(line, itemId);
        Optional<Instant> before =
                again.map(UsedAgain::at).or(() -> book().decided(line, itemId).map(Decided::at));
        if (before.filter(at -> ItemName.isUsedAgain(taken, at)).isPresent()) {
            String name = ItemName.ofUsedAgain(taken.frame());
            book().put(line, itemId, new UsedAgain(name, taken.capturedAt()));
            return name;
        }
        return again.filter(now -> !taken.capturedAt().isBefore(now.at()))
                .map(UsedAgain::name)
                .orElse(itemId);
    }

    private void vote(String itemId, FrameReading reading) {
        Line line = reading.taken().line();
        Optional<Decided> decided = book().decided(line.id(), itemId);
        if (decided.isPresent()) {
            metrics.count(
                    line.id(), reading instanceof Classified ? decided.get().ofLateVote() : FrameFate.of(reading));
            return;
        }
        Ballot ballot = Ballot.of(reading);
        Optional<ItemVote> before = book().open(line.id(), itemId);
        boolean repeated = before.filter(vote -> vote.has(ballot.frameId())).isPresent();
        if (repeated || !ballot.votes()) {
            count(line, reading);
        }
        if (repeated) {
            return;
        }
        ItemVote vote = before.map(open -> open.with(ballot)).orElseGet(() -> new ItemVote(itemId, List.of(ballot)));
        if (ballot.votes()) {
            pictures.keep(line.id(), itemId, Picture.of(reading.taken().frame()));
        }
        if (new VoteEnd(line, vote).isReached()) {
            decide(line, vote);
        } else {
            book().goesOn(line.id(), vote);
        }
    }

    /** Decides what cannot wait any longer. */
    private void look() {
        Instant now = clock.instant();
        Instant nextLook = now.plus(LOOK_DELAY).plus(serviceTime.expected());
        for (Open open : book().open()) {
            @Nullable Line line = lines.get(open.lineId());
            if (line == null) {
                book().drop(open.lineId(), open.vote().itemId());
                var unused = pictures.take(open.lineId(), open.vote().itemId());
                continue;
            }
            var end = new VoteEnd(line, open.vote());
            if (end.isReached() || end.latest().isBefore(nextLook)) {
                decide(line, open.vote());
            }
        }
        book().tidy(now);
    }

    private void decide(Line line, ItemVote vote) {
        // First of all: should deciding fail, it fails once and does not hold up the line.
        book().close(line.id(), vote.itemId());
        @Nullable Picture picture = pictures.take(line.id(), vote.itemId());
        // Last of all: whatever fails, each frame of the item has one fate,
        // and the frame in hand, which may be of another item, its own.
        FrameFate fate = fateOf(line, vote, picture);
        vote.ballots().stream().filter(Ballot::votes).forEach(ballot -> metrics.count(line.id(), fate));
    }

    private FrameFate fateOf(Line line, ItemVote vote, @Nullable Picture picture) {
        try {
            Optional<RoutingEvent> event = decision.decide(line, vote);
            FrameFate fate = event.map(made -> FrameFate.of(made.decision())).orElse(FrameFate.EMPTY);
            book().decide(line.id(), vote.itemId(), new Decided(clock.instant(), fate, event.orElse(null)));
            event.ifPresent(made -> publish(made, picture));
            return fate;
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            TROUBLE.error(
                    "undecided",
                    "Item " + vote.itemId() + " of " + line.id() + " could not be decided, its frames are unreadable; "
                            + "this is a mistake in Sortline, please report " + FailedFrames.told(e));
            return FrameFate.UNREADABLE;
        }
    }

    private void publish(RoutingEvent event, @Nullable Picture picture) {
        metrics.publishes(event);
        // The frame's headers are its own; the event gets those of its envelope when it is serialised.
        var headers = new RecordHeaders();
        beside.tracing().decided(event, headers);
        context().forward(new Record<>(event.lineId(), event, event.decidedAt().toEpochMilli(), headers));
        metrics.record(event);
        beside.reviews().decided(event, picture);
    }

    private void count(Line line, FrameReading reading) {
        metrics.count(line.id(), FrameFate.of(reading));
    }

    /** Opened at first use: events that may not have got out before a crash cannot be published again any earlier. */
    private VoteBook book() {
        if (book == null) {
            KeyValueStore<String, KeptItem> store = context().getStateStore(VoteBook.STORE);
            book = new VoteBook(store, clock.instant());
            book.unconfirmed().forEach(event -> publish(event, null));
        }
        return book;
    }
}
