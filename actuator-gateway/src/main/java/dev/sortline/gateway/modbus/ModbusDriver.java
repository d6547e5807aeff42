// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.Shot;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pulses a coil an ejector and keeps each line's registers. */
final class ModbusDriver implements ActuatorDriver {
    private final ModbusBank bank;
    private final Map<String, ModbusLine> lines;
    private final WordOrder order;

    /** @param order of the words of longer numbers; high word first when absent */
    ModbusDriver(ModbusBank bank, Map<String, ModbusLine> lines, @Nullable WordOrder order) {
        this.bank = bank;
        this.lines = lines;
        this.order = order == null ? WordOrder.HIGH_FIRST : order;
    }

    @Override
    public void connect() throws IOException {
        bank.connect();
        // Some take a connection and serve another.
        probe();
    }

    @Override
    public void takeOver(String lineId) throws IOException {
        ModbusLine line = line(lineId);
        for (int ejector = 0; ejector < line.ejectors(); ejector++) {
            bank.switchOff(line.firstCoil() + ejector);
        }
    }

    @Override
    public boolean reaches(Shot shot) {
        ModbusLine line = lines.get(shot.lineId());
        return line != null && shot.ejector() < line.ejectors();
    }

    @Override
    public boolean fire(Shot shot, long latestNanos) throws IOException {
        int coil = line(shot.lineId()).firstCoil() + shot.ejector();
        boolean watched = bank.isWatched(coil);
        if (watched) {
            bank.switchOn(coil, latestNanos);
        }
        return watched;
    }

    @Override
    public void report(Shot shot) throws IOException {
        bank.setRegisters(line(shot.lineId()).firstRegister() + ModbusTable.SHOT, ModbusTable.shot(shot, order));
    }

    @Override
    public void release(Shot shot) throws IOException {
        bank.switchOff(line(shot.lineId()).firstCoil() + shot.ejector());
    }

    @Override
    public void announce(Announcement announcement) throws IOException {
        Shot shot = announcement.shot();
        // In 16 bits, a number that the line does not have could be another ejector's.
        if (shot != null && reaches(shot)) {
            bank.setRegisters(
                    line(shot.lineId()).firstRegister() + ModbusTable.slot(shot), ModbusTable.announced(shot, order));
        }
    }

    @Override
    public void beat(LineStatus status) throws IOException {
        bank.setRegisters(
                line(status.lineId()).firstRegister() + ModbusTable.STATUS, ModbusTable.status(status, order));
    }

    @Override
    public void probe() throws IOException {
        bank.probe(lines.values().iterator().next().firstRegister());
    }

    @Override
    public void disconnect() {
        bank.disconnect();
    }

    private ModbusLine line(String id) {
        ModbusLine line = lines.get(id);
        if (line == null) {
            throw new IllegalArgumentException("line %s has no coils here".formatted(id));
        }
        return line;
    }
}
