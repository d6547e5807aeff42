// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import dev.sortline.console.view.LiveState;
import dev.sortline.console.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What all viewers get at one time, written once for all of them: server-sent events, ready to be sent. Nobody may write to the bytes.
 *
 * @param news for viewers who have had all before
 * @param whole for those who have missed some
 * @param hello for those who have had nothing yet
 */
// Shared by all viewers, not copied for each: that is what it is for.
@SuppressWarnings("ArrayRecordComponent")
record Tick(byte[] news, Optional<byte[]> whole, Optional<byte[]> hello) {
    static Tick of(LiveState news) {
        return new Tick(event("tick", Json.text(news)), Optional.empty(), Optional.empty());
    }

    static Tick of(LiveState news, LiveState whole) {
        String all = Json.text(whole);
        return new Tick(
                event("tick", Json.text(news)), Optional.of(event("tick", all)), Optional.of(event("hello", all)));
    }

    private static byte[] event(String name, String json) {
        return ("event: " + name + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
