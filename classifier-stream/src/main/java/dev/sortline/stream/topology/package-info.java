// SPDX-License-Identifier: Apache-2.0
/**
 * The way of a frame through Kafka Streams, a step a class: {@link LineTopology} is its picture.
 *
 * <p>A frame is taken up ({@link FrameIntake}), looked at ({@link FrameClassification}) and decides an item, alone ({@link ItemRouting}) or
 * with others ({@link ItemVoting}). What cannot be read is set aside ({@link DeadLetters}), and each frame is counted once
 * ({@link LineMetrics}). Steps run on stream threads; each task has its own.
 */
@NullMarked
package dev.sortline.stream.topology;

import org.jspecify.annotations.NullMarked;
