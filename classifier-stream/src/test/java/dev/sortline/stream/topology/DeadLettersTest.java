// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    @Test
    void lineAndCameraAreToldAsTheRecordSays() {
        // Given
        var headers = new RecordHeaders()
                .add("ce_lineid", "line-1".getBytes(UTF_8))
                .add("ce_cameraid", "camera-2".getBytes(UTF_8));

        // When
        String camera = DeadLetters.camera(new RefusedRecord("line-1", null, headers));

        // Then
        assertThat(camera).isEqualTo("line-1/camera-2");
    }

    @Test
    void whatARecordDoesNotSayIsUnknownAndWhatIsTooLongIsCut() {
        // Given
        var headers = new RecordHeaders().add("ce_lineid", "x\n".repeat(1 << 20).getBytes(UTF_8));

        // When
        String camera = DeadLetters.camera(new RefusedRecord(null, null, headers));

        // Then
        assertThat(camera)
                .hasSizeLessThan(60)
                .startsWith("x x")
                .endsWith("/unknown")
                .doesNotContain("\n");
    }
}
