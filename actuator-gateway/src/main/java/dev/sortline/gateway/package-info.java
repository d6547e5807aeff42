// SPDX-License-Identifier: Apache-2.0
/**
 * Routing events in, ejectors fired in time.
 *
 * <p>The face of the gateway: {@link dev.sortline.gateway.ActuatorGateway} runs it from {@link dev.sortline.gateway.GatewaySettings}, and
 * {@link dev.sortline.gateway.DriverTypes} names the drivers for the line file. Behind it each subject has a room, and rooms know
 * only those below them:
 *
 * <ul>
 *   <li>{@code rules}: which shot is fired, and when. Start reading at {@link dev.sortline.gateway.rules.EjectorSchedule}.
 *   <li>{@code firing}: runs the rules by both clocks; {@link dev.sortline.gateway.firing.GatewayMetrics} names what is measured.
 *   <li>{@code reading}: events and heartbeats from Kafka, and whose the lines are.
 *   <li>{@code driver}: what all drivers have in common; {@link dev.sortline.gateway.driver.ActuatorDriver} is what one has to do.
 *   <li>{@code modbus}, {@code mqtt}, {@code opcua}: each protocol, and its records in the line file, which end in {@code Settings}.
 * </ul>
 *
 * <p>Every event gets exactly one {@link dev.sortline.gateway.rules.EventFate}, and each is counted.
 */
@NullMarked
package dev.sortline.gateway;

import org.jspecify.annotations.NullMarked;
