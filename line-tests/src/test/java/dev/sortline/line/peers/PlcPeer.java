// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway has told a controller, by the table in docs/plc.md: which items there will be, by their belt position, and which
 * of them each shot was for.
 */
public final class PlcPeer {
    private static final int LAST_SHOT = 8;
    private static final int FIRST_SLOT = 16;

    private final int registersOfLine;
    private final int coilsOfLine;
    private final Map<List<Long>, Long> positions = new HashMap<>();
    private final List<Shot> shots = new ArrayList<>();

    /**
     * A coil that was switched on.
     *
     * @param coil its address
     * @param at when the write came
     * @param position belt position of the item that it was for; absent when the gateway has not told it
     */
    public record Shot(int coil, Instant at, @Nullable Long position) {}

    PlcPeer(int registersOfLine, int coilsOfLine) {
        this.registersOfLine = registersOfLine;
        this.coilsOfLine = coilsOfLine;
    }

    synchronized void coilOn(int coil, Instant at) {
        shots.add(new Shot(coil, at, null));
    }

    synchronized void registers(int address, int[] words) {
        long line = address / registersOfLine;
        int register = address % registersOfLine;
        if (register >= FIRST_SLOT && words[4] == 1) {
            positions.put(List.of(line, number(words)), position(words));
        } else if (register == LAST_SHOT) {
            // The coil is written first, then for which shot it was.
            Shot shot = shots.get(shots.size() - 1);
            if (shot.coil() / coilsOfLine != line || shot.coil() % coilsOfLine != words[2]) {
                throw new AssertionError("%s is followed by registers of another".formatted(shot));
            }
            shots.set(shots.size() - 1, new Shot(shot.coil(), shot.at(), positions.get(List.of(line, number(words)))));
        }
    }

    synchronized List<Shot> shots() {
        return List.copyOf(shots);
    }

    private static long number(int[] words) {
        return ((long) words[0] << 16) | words[1];
    }

    private static long position(int[] words) {
        return ((long) words[6] << 48) | ((long) words[7] << 32) | ((long) words[8] << 16) | words[9];
    }
}
