// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

class KeptItemFuzzTest {
    private static final int MOST_CHARACTERS = 500;

    private final Deserializer<KeptItem> reading = new KeptItemSerde().deserializer();
    private final Serializer<KeptItem> writing = new KeptItemSerde().serializer();

    @FuzzTest
    @DictionaryEntries({
        "{\\x22kept\\x22:\\x22open\\x22,",
        "{\\x22kept\\x22:\\x22decided\\x22,",
        "{\\x22kept\\x22:\\x22run\\x22,",
        "\\x22vote\\x22:{\\x22itemId\\x22:\\x22a\\x22,\\x22ballots\\x22:[",
        "\\x22probabilities\\x22:{",
        "\\x22fate\\x22:\\x22ROUTED\\x22",
        "\\x22untold\\x22:{",
        "null"
    })
    void isRefusedInOneShortLineOrReadsBackAsItself(byte[] value) {
        // When
        KeptItem kept;
        try {
            kept = reading.deserialize("votes", value);
        } catch (SerializationException refusal) {
            // Then
            assertThat(refusal.getMessage())
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(MOST_CHARACTERS)
                    .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u2029]");
            return;
        }

        // Then
        assertThat(reading.deserialize("votes", writing.serialize("votes", kept)))
                .isEqualTo(kept);
    }
}
