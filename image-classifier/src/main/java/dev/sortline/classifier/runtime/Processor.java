// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a processor says that it can do, by the names that Linux gives.
 *
 * @param features such as {@code avx512_bf16}; none where nobody tells
 */
public record Processor(Set<String> features) {
    private static final Path TOLD_AT = Path.of("/proc/cpuinfo");
    /** AVX-512's on x86 and AMX's, and ARM's; those of AVX alone oneDNN does not use for convolutions. */
    private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16", "bf16");

    public Processor {
        features = Set.copyOf(features);
    }

    /** This machine's. */
    public static Processor here() {
        try {
            return of(Files.readString(TOLD_AT, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new Processor(Set.of());
        }
    }

    /** Of the text in Linux' {@code /proc/cpuinfo}; the first processor's, for all are alike. */
    static Processor of(String cpuinfo) {
        return new Processor(Set.of(cpuinfo.lines()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .flatMap(line ->
                        Stream.of(line.substring(line.indexOf(':') + 1).strip().split(" +", -1)))
                .distinct()
                .limit(1000)
                .toArray(String[]::new)));
    }

    /** Whether it surely has units for bfloat16. Where it has none, or nobody tells, float32 is right. */
    public boolean hasBfloat16() {
        return features.stream().anyMatch(BFLOAT16::contains);
    }

    /** Whether it is an x86 that surely lacks what TensorFlow is built for: the process would die at the first such instruction. */
    boolean lacksAvx() {
        return features.contains("sse2") && !features.contains("avx");
    }
}
