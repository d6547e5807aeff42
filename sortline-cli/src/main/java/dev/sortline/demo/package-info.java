/**
 * The whole line in one process: an embedded broker, cameras over labelled pictures, the classifier, and a scoreboard
 * that a plain Kafka consumer feeds. {@link dev.sortline.demo.DemoLine} is the place to start reading.
 */
@NullMarked
package dev.sortline.demo;

import org.jspecify.annotations.NullMarked;
