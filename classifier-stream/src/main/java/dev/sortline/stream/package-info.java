// SPDX-License-Identifier: Apache-2.0
/**
 * Frames in, routing events out: the Kafka Streams topology of a line and what runs it.
 *
 * <p>{@link LineStream} runs the stream from {@link StreamSettings}; start to read in the room {@code topology}, which has a step of a frame's way
 * in each class. Other modules use these two, what describes a line in the room {@code sorting}, a camera's settings in {@code camera}, those of
 * reviews in {@code review}, and the names of what is measured. What decides, in {@code item} and {@code sorting}, knows no Kafka, no TensorFlow and
 * no clock of its own.
 *
 * <p>Every frame of the topic gets exactly one {@link dev.sortline.stream.item.FrameFate}, and each is counted.
 */
@NullMarked
package dev.sortline.stream;

import org.jspecify.annotations.NullMarked;
