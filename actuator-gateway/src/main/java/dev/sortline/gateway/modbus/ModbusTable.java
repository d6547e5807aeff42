// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import dev.sortline.contract.CameraStatus;
import dev.sortline.gateway.driver.CameraBits;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.Shot;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The holding registers of one line, as docs/plc.md has them: 16 bits each. */
final class ModbusTable {
    /** Registers of a line. */
    static final int REGISTERS = 96;

    /** Where the status begins: beat, state, of how many items there have been shots, how the cameras do. */
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

    static int[] status(LineStatus status, WordOrder order) {
        int[] words = new int[7];
        WordOrder.HIGH_FIRST.put(status.beat(), words, 0, 0);
        words[1] = (status.alive() ? ALIVE : 0) | (status.dryRun() ? DRY_RUN : 0);
        order.put(status.fates().getOrDefault(EventFate.FIRED, 0L), words, 2, 3);
        words[4] = CameraBits.of(status.cameras());
        words[5] = (int) status.cameras().stream()
                .filter(camera -> !camera.troubles().isEmpty())
                .limit(WORD)
                .count();
        words[6] = oldestLastFrameMillis(status.cameras());
        return words;
    }

    /** {@value #WORD} is as long or longer, none yet, or not known. */
    private static int oldestLastFrameMillis(List<CameraStatus> cameras) {
        return cameras.stream()
                .map(CameraStatus::lastFrameAgeMillis)
                .mapToInt(age -> age == null ? WORD : (int) Math.min(age, WORD))
                .max()
                .orElse(WORD);
    }

    static int[] shot(Shot shot, WordOrder order) {
        int[] words = {0, 0, shot.ejector(), shot.confidencePerMille()};
        order.put(shot.number(), words, 0, 1);
        return words;
    }

    /** Place of a shot among the announced ones. */
    static int slot(Shot shot) {
        return ANNOUNCED + (int) (shot.number() % SLOTS) * SLOT_REGISTERS;
    }

    static int[] announced(Shot shot, WordOrder order) {
        Long encoder = shot.fireAtEncoder();
        int[] words = new int[SLOT_REGISTERS];
        order.put(shot.number(), words, 0, 1);
        words[2] = shot.ejector();
        words[3] = shot.confidencePerMille();
        words[4] = encoder == null ? 0 : 1;
        order.put(encoder == null ? 0 : encoder, words, 6, 9);
        return words;
    }

    /** Words as they travel: the high byte first. */
    static byte[] bytes(int... words) {
        var bytes = ByteBuffer.allocate(words.length * Short.BYTES);
        for (int word : words) {
            bytes.putShort((short) word);
        }
        return bytes.array();
    }

    private static boolean overlap(ModbusLine a, ModbusLine b) {
        boolean coils = a.firstCoil() < b.firstCoil() + b.ejectors() && b.firstCoil() < a.firstCoil() + a.ejectors();
        return coils || Math.abs(a.firstRegister() - b.firstRegister()) < REGISTERS;
    }
}
