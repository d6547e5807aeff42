/**
 * Routing events in, ejectors fired in time.
 *
 * <p>Public for other modules: {@link dev.sortline.gateway.ActuatorGateway} runs it from {@link
 * dev.sortline.gateway.GatewaySettings}; the records that end in {@code Settings} are the parts of the line file that are the gateway's; {@link
 * dev.sortline.gateway.firing.GatewayMetrics} names what is measured. {@link dev.sortline.gateway.driver.ActuatorDriver} is what a driver does,
 * with {@link dev.sortline.gateway.rules.Shot}, {@link dev.sortline.gateway.firing.Announcement} and {@link dev.sortline.gateway.firing.LineStatus}. The rest is package-private:
 * {@code EjectorSchedule} has the rules and is the place to start reading.
 *
 * <p>Every event gets exactly one {@link dev.sortline.gateway.rules.EventFate}, and each is counted.
 */
@NullMarked
package dev.sortline.gateway;

import org.jspecify.annotations.NullMarked;
