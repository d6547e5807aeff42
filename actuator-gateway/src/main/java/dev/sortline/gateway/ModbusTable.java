// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import java.util.LinkedHashMap;
import java.util.Map;

/** The holding registers of one line, as docs/plc.md has them: 16 bits each, longer numbers with their high word first. */
final class ModbusTable {
    /** Registers of a line. */
    static final int REGISTERS = 96;

    /** Where the status begins: beat, state, of how many items there have been shots. */
    static final int STATUS = 0;

    /** Where the last shot begins. */
    static final int SHOT = 8;

    /** Where the announced shots begin, {@link #SLOTS} slots of {@link #SLOT_REGISTERS}. */
    static final int ANNOUNCED = 16;

    static final int SLOTS = 8;
    static final int SLOT_REGISTERS = 10;

    private static final int ALIVE = 1;
    private static final int DRY_RUN = 2;
    private static final int WORD = 0xffff;
    private static final int BITS = 16;

    private ModbusTable() {}

    /** Checks that there are lines and that none of their registers or coils overlap. */
    static Map<String, ModbusLine> checked(Map<String, ModbusLine> lines) {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("lines is empty: say where at least one line has its coils");
        }
        lines.forEach((one, a) -> lines.forEach((other, b) -> {
            if (one.compareTo(other) < 0 && overlap(a, b)) {
                throw new IllegalArgumentException(
                        "lines has %s and %s at addresses that overlap: a line has %d registers and a coil an ejector"
                                .formatted(one, other, REGISTERS));
            }
        }));
        return Map.copyOf(new LinkedHashMap<>(lines));
    }

    static int[] status(LineStatus status) {
        int state = (status.alive() ? ALIVE : 0) | (status.dryRun() ? DRY_RUN : 0);
        long fired = status.fates().getOrDefault(Fate.FIRED, 0L);
        return new int[] {word(status.beat(), 0), state, word(fired, 1), word(fired, 0)};
    }

    static int[] shot(Shot shot) {
        return new int[] {word(shot.number(), 1), word(shot.number(), 0), shot.ejector(), shot.confidencePerMille()};
    }

    /** Place of a shot among the announced ones. */
    static int slot(Shot shot) {
        return ANNOUNCED + (int) (shot.number() % SLOTS) * SLOT_REGISTERS;
    }

    static int[] announced(Shot shot) {
        Long encoder = shot.fireAtEncoder();
        long at = encoder == null ? 0 : encoder;
        return new int[] {
            word(shot.number(), 1),
            word(shot.number(), 0),
            shot.ejector(),
            shot.confidencePerMille(),
            encoder == null ? 0 : 1,
            0,
            word(at, 3),
            word(at, 2),
            word(at, 1),
            word(at, 0)
        };
    }

    private static int word(long value, int place) {
        return (int) (value >>> (BITS * place)) & WORD;
    }

    private static boolean overlap(ModbusLine a, ModbusLine b) {
        boolean coils = a.firstCoil() < b.firstCoil() + b.ejectors() && b.firstCoil() < a.firstCoil() + a.ejectors();
        return coils || Math.abs(a.firstRegister() - b.firstRegister()) < REGISTERS;
    }
}
