// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a processor says that it can do, by the names that Linux gives.
 *
 * @param name as its maker calls it; empty where nobody tells
 * @param features such as {@code avx512_bf16}; none where nobody tells
 */
public record Processor(String name, Set<String> features) {
    private static final Path TOLD_AT = Path.of("/proc/cpuinfo");
    /** AVX-512's on x86 and AMX's, and ARM's; those of AVX alone oneDNN does not use for convolutions. */
    private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16", "bf16");

    /** VNNI on x86 and the dot product on ARM: without them int8 is no faster, and on x86 sums of two products are cut off. */
    private static final Set<String> INT8 = Set.of("avx512_vnni", "avx_vnni", "asimddp");

    public Processor {
        features = Set.copyOf(features);
    }

    /** This machine's. */
    public static Processor here() {
        try {
            return of(Files.readString(TOLD_AT, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new Processor("", Set.of());
        }
    }

    /** Of the text in Linux' {@code /proc/cpuinfo}; the first processor's, for all are alike. */
    static Processor of(String cpuinfo) {
        return new Processor(
                words(cpuinfo, "model name").findFirst().orElse(""),
                words(cpuinfo, "flags", "Features")
                        .flatMap(line -> Stream.of(line.split(" +", -1)))
                        .limit(1000)
                        .collect(Collectors.toSet()));
    }

    /** What stands behind one of these words and a colon. */
    private static Stream<String> words(String cpuinfo, String... keys) {
        return cpuinfo.lines()
                .filter(line -> Stream.of(keys).anyMatch(line::startsWith))
                .map(line -> line.substring(line.indexOf(':') + 1).strip());
    }

    /** Whether it surely has units for bfloat16. Where it has none, or nobody tells, float32 is right. */
    public boolean hasBfloat16() {
        return features.stream().anyMatch(BFLOAT16::contains);
    }

    /** Whether it surely has units for products of eight bits. */
    public boolean hasInt8() {
        return features.stream().anyMatch(INT8::contains);
    }

    /** Whether it is an x86 that surely lacks what TensorFlow is built for: the process would die at the first such instruction. */
    boolean lacksAvx() {
        return features.contains("sse2") && !features.contains("avx");
    }
}
