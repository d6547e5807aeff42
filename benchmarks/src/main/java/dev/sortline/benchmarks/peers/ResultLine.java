// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** What a contestant's process says of its run: one line of JSON on standard output. */
final class ResultLine {
    private ResultLine() {}

    static void print(Record result) throws JsonProcessingException {
        System.out.println(new JsonMapper().writeValueAsString(result));
    }
}
