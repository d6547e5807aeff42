// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import dev.sortline.contract.Topic;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a command needs of the cluster, and nothing that it does not.
 *
 * @param reads the topics that it reads
 * @param writes the topics that it writes to, maybe some that it reads as well
 * @param group the group in which it reads; empty when it reads in none. Topics of Kafka Streams' own begin with its name
 * @param lines how many lines it serves, at least 1
 */
public record TopicUse(Set<Topic> reads, Set<Topic> writes, Optional<String> group, int lines) {
    public TopicUse {
        if (lines < 1) {
            throw new IllegalArgumentException("lines is " + lines + ": must be at least 1");
        }
        reads = Set.copyOf(reads);
        writes = Set.copyOf(writes);
    }

    /** Cameras write frames. */
    public static TopicUse ofCameras(int lines) {
        return new TopicUse(Set.of(), Set.of(Topic.FRAMES), Optional.empty(), lines);
    }

    /** Folders are watched by who writes frames and, after a crash, looks whether those in doubt are there. */
    public static TopicUse ofWatchedFolders(int lines) {
        return new TopicUse(Set.of(Topic.FRAMES), Set.of(Topic.FRAMES), Optional.empty(), lines);
    }

    /** The classifier reads frames and writes what it makes of them. */
    public static TopicUse ofClassifier(String group, int lines) {
        return new TopicUse(
                Set.of(Topic.FRAMES),
                Set.of(Topic.ACTUATIONS, Topic.DEAD_LETTERS, Topic.HEARTBEATS, Topic.ANSWERS, Topic.REVIEWS),
                Optional.of(group),
                lines);
    }

    /** The gateway reads events and heartbeats, and tells what became of items and how it does. */
    public static TopicUse ofGateway(String group, int lines) {
        return new TopicUse(
                Set.of(Topic.ACTUATIONS, Topic.HEARTBEATS),
                Set.of(Topic.OUTCOMES, Topic.HEARTBEATS),
                Optional.of(group),
                lines);
    }

    /** The operator's page reads what passes, writes photos to try, and what people say of reviewed items. */
    public static TopicUse ofConsole(int lines) {
        return new TopicUse(
                Set.of(
                        Topic.FRAMES,
                        Topic.ACTUATIONS,
                        Topic.ANSWERS,
                        Topic.OUTCOMES,
                        Topic.HEARTBEATS,
                        Topic.REVIEWS,
                        Topic.LABELS),
                Set.of(Topic.FRAMES, Topic.LABELS),
                Optional.empty(),
                lines);
    }

    /** Whoever takes labelled items out of the cluster reads what was asked for and what was said. */
    public static TopicUse ofReviews(int lines) {
        return new TopicUse(Set.of(Topic.REVIEWS, Topic.LABELS), Set.of(), Optional.empty(), lines);
    }

    /** All that it touches, in their order. */
    public Set<Topic> topics() {
        var topics = EnumSet.noneOf(Topic.class);
        topics.addAll(reads);
        topics.addAll(writes);
        return topics;
    }
}
