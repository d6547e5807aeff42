/**
 * Frames in, routing events out: the Kafka Streams topology of a line and what runs it.
 *
 * <p>Public for other modules: {@link dev.sortline.stream.LineStream} runs the stream from {@link
 * dev.sortline.stream.StreamSettings}; {@link dev.sortline.stream.sorting.Line}, {@link dev.sortline.stream.sorting.BeltGeometry} and
 * {@link dev.sortline.stream.sorting.SortingPlan} describe a line and decide, without Kafka, TensorFlow or a clock of their own;
 * {@link dev.sortline.stream.sorting.PlanInForce} lets a plan be replaced while its lines run;
 * {@link dev.sortline.stream.topology.LineMetrics} names what is measured. The rest is package-private: {@code LineTopology} is
 * the place to start reading.
 *
 * <p>Every frame of the topic gets exactly one {@link dev.sortline.stream.item.FrameFate}, and each is counted.
 */
@NullMarked
package dev.sortline.stream;

import org.jspecify.annotations.NullMarked;
