// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.camera.live.CameraSettings;
import dev.sortline.camera.push.PushSettings;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.contract.ClientProperties;
import dev.sortline.gateway.driver.DriverSettings;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.Line;
import dev.sortline.stream.camera.CameraWatchSettings;
import dev.sortline.stream.gate.GateSettings;
import dev.sortline.stream.review.ReviewSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The line file as it is written: lines name their belt. Each setting is described where it is declared; docs/line-file.md is made of that. */
@JsonClassDescription(
        "The one file that describes cluster, model, belts and lines for all commands, and names the lines' plans."
                + " Relative paths start at its folder.")
record WrittenLineFile(
        @JsonPropertyDescription(
                        "Kafka client properties, for every client; with consumer., producer. or admin. before a name for that"
                                + " kind only. Passwords need not stand here: security.md")
                @JsonProperty(required = true)
                Map<String, Object> kafka,
        @JsonPropertyDescription("the model package's folder, which may be replaced while the lines run: models.md")
                @JsonProperty(required = true)
                Path model,
        @JsonPropertyDescription("how the model's network is run") @Nullable InferenceSettings inference,
        @JsonPropertyDescription(
                        "the folder of a second model package, which looks at the same frames and decides nothing; none when"
                                + " absent")
                @Nullable Path shadow,
        @JsonPropertyDescription("a model that decides a few lines before it decides all: models.md") @Nullable WrittenCanary canary,
        @JsonPropertyDescription(
                        "who may sign model packages and plans; nothing is asked of signatures when absent: models.md")
                @Nullable WrittenSignatures signatures,
        @JsonPropertyDescription("where health and metrics are served; nowhere when absent")
                LineFile.@Nullable Http http,
        @JsonPropertyDescription("the belts, by a name that lines refer to") @JsonProperty(required = true)
                Map<String, BeltGeometry> belts,
        @JsonPropertyDescription("the lines by their id") @JsonProperty(required = true) Map<String, WrittenLine> lines,
        @JsonPropertyDescription("from when on a camera is no longer believed, or told of: cameras.md") @Nullable CameraWatchSettings cameraWatch,
        @JsonPropertyDescription(
                        "the gate in front of the network that knows an empty belt, for sortline classify: cameras.md")
                @Nullable GateSettings emptyGate,
        @JsonPropertyDescription("the live cameras by line and by their name there, for sortline produce: cameras.md")
                @Nullable Map<String, Map<String, CameraSettings>> cameras,
        @JsonPropertyDescription("where cameras and scripts send pictures and triggers to: cameras.md") @Nullable PushSettings push,
        @JsonPropertyDescription("which items a person is asked to look at") @Nullable ReviewSettings reviews,
        @JsonPropertyDescription("when ejectors fire and when not: plc.md") @Nullable FiringSettings gateway,
        @JsonPropertyDescription(
                        "what speaks to the lines' controllers, by a name that logs and metrics have; nothing when absent: plc.md")
                @Nullable Map<String, DriverSettings> drivers,
        @JsonPropertyDescription("the operator's page: console.md") @Nullable WrittenConsole console) {
    /** Without the values of client properties: some are passwords. */
    @Override
    public String toString() {
        return "WrittenLineFile[kafka=" + ClientProperties.keys(kafka) + "]";
    }

    /** A line as it is written. */
    @JsonClassDescription("A sorting line.")
    record WrittenLine(
            @JsonPropertyDescription("its belt's name") @JsonProperty(required = true) String belt,
            @JsonPropertyDescription("the file of its sorting plan, which may be changed while the line runs: plans.md")
                    @JsonProperty(required = true)
                    Path plan,
            @JsonPropertyDescription(
                            "how many frames show an item, of all its cameras together; from 2 on they vote: belts.md")
                    @JsonProperty(defaultValue = "" + FRAMES_PER_ITEM)
                    @Min(1) @Max(Line.MOST_FRAMES) @Nullable Integer framesPerItem) {
        private static final int FRAMES_PER_ITEM = 1;

        int framesPerItemOrDefault() {
            return framesPerItem == null ? FRAMES_PER_ITEM : framesPerItem;
        }
    }
}
