// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import dev.sortline.classifier.integrity.JpegFrame.Component;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the blocks of one scan, in step with its codes. Not thread-safe.
 *
 * <p>Methods that read many bits hold the reader in a local variable: read from the field each time, progressive JPEGs take longer.
 */
final class ScanWalk {
    private final JpegFrame frame;
    private final Component[] scanned;
    private final int first;
    private final int last;
    private final boolean refining;
    private final ScanBits bits;
    /** So many blocks end before this band. */
    private int endOfBandRun;

    /**
     * @param scanned the components of the scan, with the codes that it uses
     * @param first coefficient of each block that is in the scan, 0 to 63
     * @param last coefficient, 0 to 63
     * @param refining whether it adds bits to coefficients that a scan before has brought
     */
    ScanWalk(JpegFrame frame, Component[] scanned, int first, int last, boolean refining, ScanBits bits) {
        this.frame = frame;
        this.scanned = scanned;
        this.first = first;
        this.last = last;
        this.refining = refining;
        this.bits = bits;
    }

    /**
     * Walks from the first block to the last, and on to the marker behind them.
     *
     * @param restartInterval units from one restart marker to the next, 0 where there are none
     * @param seen takes what each unit shows, where somebody wants to know
     */
    void run(int restartInterval, @Nullable UnitLevels seen) throws DamageException {
        ScanBits bits = this.bits;
        boolean alone = scanned.length == 1;
        int across = alone ? scanned[0].blocksAcross : frame.unitsAcross;
        int down = alone ? scanned[0].blocksDown : frame.unitsDown;
        int units = across * down;
        int interval = restartInterval == 0 ? units : restartInterval;
        int restarts = 0;
        int begin = 0;
        boolean levels = first == 0 && !refining;
        for (Component component : scanned) {
            if (levels) {
                component.tops = new float[units];
                component.bottoms = alone ? component.tops : new float[units];
            }
        }
        for (int unit = 0; unit < units; unit++) {
            if (unit == begin) {
                if (unit > 0) {
                    bits.restart(restarts++ & 7);
                }
                begin += interval;
                begin(seen);
            }
            for (int c = 0; c < scanned.length; c++) {
                Component component = scanned[c];
                int blocks = alone ? 1 : component.horizontal * component.vertical;
                if (frame.progressive) {
                    pass(component, blocks, alone ? unit : 0);
                } else {
                    bits.passBlocks(component, blocks);
                }
                if (levels) {
                    component.bottoms[unit] = component.bottom * component.step;
                    component.tops[unit] = component.top * component.step;
                }
                if (seen != null) {
                    seen.level(c, unit, component.sum, component.step / blocks);
                }
            }
            if (bits.isBeyondTheData()) {
                throw new DamageException("its data end at byte " + bits.at() + ", before the picture does");
            }
            if (seen != null) {
                seen.end(unit, bits.read());
            }
        }
        bits.end();
        for (Component component : scanned) {
            if (levels && LevelStep.isIn(component.tops, component.bottoms, across)) {
                throw new DamageException("its blocks are all lighter or darker by the same amount from some place on");
            }
        }
    }

    private void begin(@Nullable UnitLevels seen) {
        endOfBandRun = 0;
        for (Component component : scanned) {
            component.dc = 0;
        }
        if (seen != null) {
            seen.begin(bits.read());
        }
    }

    /** Goes over a unit's blocks of a component in a scan that brings a part of them. */
    private void pass(Component component, int blocks, int index) throws DamageException {
        for (int i = 0; i < blocks; i++) {
            block(component, index);
            component.passed(i, blocks);
        }
    }

    private void block(Component component, int index) throws DamageException {
        ScanBits bits = this.bits;
        if (first == 0) {
            if (refining) {
                bits.skip(1);
            } else {
                component.dc += bits.difference(component.dcCodes);
            }
        } else if (refining) {
            refine(component, index);
        } else {
            band(component, index);
        }
    }

    private void band(Component component, int index) throws DamageException {
        ScanBits bits = this.bits;
        if (endOfBandRun > 0) {
            endOfBandRun--;
            return;
        }
        int k = first;
        while (k <= last) {
            int symbol = bits.symbol(component.acCodes);
            int run = symbol >> 4;
            int size = symbol & 0xF;
            if (size == 0 && run < 15) {
                endOfBandRun = (1 << run) - 1 + bits.take(run);
                return;
            }
            k += run;
            if (k > last) {
                throw tooManyCoefficients();
            }
            if (size > 0) {
                bits.skip(size);
                component.nonZero[index] |= 1L << k;
            }
            k++;
        }
    }

    private void refine(Component component, int index) throws DamageException {
        ScanBits bits = this.bits;
        long known = component.nonZero[index];
        int k = first;
        if (endOfBandRun == 0) {
            while (k <= last) {
                int symbol = bits.symbol(component.acCodes);
                int run = symbol >> 4;
                int size = symbol & 0xF;
                if (size == 0 && run < 15) {
                    endOfBandRun = (1 << run) + bits.take(run);
                    break;
                }
                bits.skip(size > 0 ? 1 : 0);
                while (k <= last) {
                    if (((known >> k) & 1) != 0) {
                        bits.skip(1);
                    } else if (--run < 0) {
                        break;
                    }
                    k++;
                }
                if (size > 0) {
                    if (k > last) {
                        throw tooManyCoefficients();
                    }
                    component.nonZero[index] |= 1L << k;
                }
                k++;
            }
        }
        if (endOfBandRun > 0) {
            for (; k <= last; k++) {
                bits.skip((int) ((known >> k) & 1));
            }
            endOfBandRun--;
        }
    }

    private DamageException tooManyCoefficients() {
        return new DamageException("a block has more coefficients than its scan before byte " + bits.at());
    }
}
