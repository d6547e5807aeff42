// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import dev.sortline.classifier.integrity.JpegFrame.Component;

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
     * @param dcSteps what a step in brightness is worth, in eighths of a grey level, by quantisation table
     */
    void run(int restartInterval, int[] dcSteps) throws DamageException {
        boolean alone = scanned.length == 1;
        int across = alone ? scanned[0].blocksAcross : frame.unitsAcross;
        int down = alone ? scanned[0].blocksDown : frame.unitsDown;
        int units = across * down;
        int interval = restartInterval == 0 ? units : restartInterval;
        boolean levels = first == 0 && !refining;
        for (Component component : scanned) {
            if (levels) {
                component.tops = new float[units];
                component.bottoms = alone ? component.tops : new float[units];
            }
        }
        for (int unit = 0; unit < units; unit++) {
            if (unit % interval == 0) {
                if (unit > 0) {
                    bits.restart((unit / interval - 1) & 7);
                }
                begin();
            }
            if (alone) {
                block(scanned[0], unit);
                if (levels) {
                    scanned[0].tops[unit] = level(scanned[0], dcSteps);
                }
            } else {
                for (Component component : scanned) {
                    int blocks = component.horizontal * component.vertical;
                    for (int i = 0; i < blocks; i++) {
                        block(component, 0);
                        if (levels && i == 0) {
                            component.tops[unit] = level(component, dcSteps);
                        }
                        if (levels && i == blocks - component.horizontal) {
                            component.bottoms[unit] = level(component, dcSteps);
                        }
                    }
                }
            }
            if (bits.isBeyondTheData()) {
                throw new DamageException("its data end at byte " + bits.at() + ", before the picture does");
            }
        }
        bits.end();
        for (Component component : scanned) {
            if (levels && LevelStep.isIn(component.tops, component.bottoms, across)) {
                throw new DamageException("its blocks are all lighter or darker by the same amount from some place on");
            }
        }
    }

    private static float level(Component component, int[] dcSteps) {
        return component.dc * dcSteps[component.table] / 8f;
    }

    private void begin() {
        endOfBandRun = 0;
        for (Component component : scanned) {
            component.dc = 0;
        }
    }

    private void block(Component component, int index) throws DamageException {
        ScanBits bits = this.bits;
        if (!frame.progressive) {
            dc(component);
            bits.skipCoefficients(component.acCodes);
        } else if (first == 0) {
            if (refining) {
                bits.skip(1);
            } else {
                dc(component);
            }
        } else if (refining) {
            refine(component, index);
        } else {
            band(component, index);
        }
    }

    private void dc(Component component) throws DamageException {
        ScanBits bits = this.bits;
        int size = bits.symbol(component.dcCodes);
        if (size > 16) {
            throw new DamageException("it has a brightness of " + size + " bits before byte " + bits.at());
        }
        if (size > 0) {
            int value = bits.take(size);
            component.dc += value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
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
