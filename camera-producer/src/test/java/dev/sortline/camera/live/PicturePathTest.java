// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.Frames;
import dev.sortline.camera.HandClock;
import dev.sortline.camera.ffmpeg.LumaReader;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.sight.SightSettings;
import dev.sortline.camera.sight.SightWatch;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.PictureSink.Unusable;
import dev.sortline.camera.source.StreamFormat;
import dev.sortline.camera.time.CaptureTime;
import dev.sortline.camera.trigger.Admission;
import dev.sortline.camera.trigger.FrameTrigger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PicturePathTest {
    private final HandClock clock = new HandClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FramePublisher publisher = FramePublisher.through(Frames.promptKafka(), meters, 64, 1 << 20);
    private final CameraState state = new CameraState("line-1/camera-1", List.of());
    private final List<ChosenPicture> chosen = new ArrayList<>();
    private LumaReader small;

    @BeforeEach
    void open() throws CameraFault {
        small = LumaReader.open();
    }

    @AfterEach
    void close() {
        small.close();
    }

    @Test
    void pictureThatItsTriggerAsksForGoesOnWithItsItem() throws IOException {
        // Given
        var taken = new Admission.Taken("item-7", 42L);
        var path = path((picture, luma) -> taken);
        Picture picture = picture(128);

        // When
        path.take(picture);

        // Then
        assertThat(chosen).containsExactly(new ChosenPicture(picture, taken));
        assertThat(state.uncertaintySeconds()).isEqualTo(0.02);
    }

    @Test
    void pictureThatIsNotAskedForIsCounted() throws IOException {
        // Given
        var path = path((picture, luma) -> Admission.NOT_ASKED);

        // When
        path.take(picture(128));

        // Then
        assertThat(chosen).isEmpty();
        assertThat(counted("not_asked")).isEqualTo(1);
    }

    @Test
    void pictureThatIsTooLargeForKafkaIsCountedAndNotLookedAt() {
        // Given
        var path = path((picture, luma) -> {
            throw new AssertionError("asked");
        });

        // When
        path.take(new Picture(new byte[Picture.MAX_BYTES + 1], Picture.JPEG, captured()));

        // Then
        assertThat(counted("skipped")).isEqualTo(1);
    }

    @Test
    void whatIsNoPictureIsCounted() {
        // Given
        var path = path((picture, luma) -> Admission.FRAME);

        // When
        path.unusable(Unusable.CUT);

        // Then
        assertThat(counted("skipped")).isEqualTo(1);
    }

    @Test
    void cameraThatSeesBlackForSomeSecondsIsToldOfAndItsPicturesGoOn() throws IOException {
        // Given
        var path = path((picture, luma) -> Admission.FRAME);
        state.connected(StreamFormat.JPEGS);

        // When
        for (int second = 0; second < 5; second++) {
            path.take(picture(0));
            clock.advance(Duration.ofSeconds(1));
        }

        // Then
        assertThat(state.troubles()).singleElement().asString().contains("sees black");
        assertThat(chosen).hasSize(5);
    }

    @Test
    void picturesWithinASecondAreNotAllLookedAt() throws IOException {
        // Given
        var path = path((picture, luma) -> Admission.FRAME);
        state.connected(StreamFormat.JPEGS);

        // When
        for (int number = 0; number < 30; number++) {
            path.take(picture(0));
            clock.advance(Duration.ofMillis(33));
        }

        // Then
        assertThat(state.troubles()).isEmpty();
    }

    @Test
    void cameraWhosePicturesCannotBeDecodedIsToldOfUntilTheyCan() throws IOException {
        // Given
        var path = path((picture, luma) -> luma.get().isEmpty() ? Admission.NOT_ASKED : Admission.FRAME);
        state.connected(StreamFormat.JPEGS);
        path.take(new Picture(new byte[100], Picture.JPEG, captured()));
        List<String> told = state.troubles();

        // When
        path.take(picture(128));

        // Then
        assertThat(told).singleElement().asString().contains("cannot be decoded");
        assertThat(state.troubles()).isEmpty();
    }

    @Test
    void pictureThatBreaksItsTriggerIsCountedAndTheNextGoesOn() throws IOException {
        // Given
        var path = path((picture, luma) -> {
            if (picture.bytes().length == 1) {
                throw new IllegalStateException("broken");
            }
            return Admission.FRAME;
        });
        path.take(new Picture(new byte[1], Picture.JPEG, captured()));

        // When
        path.take(picture(128));

        // Then
        assertThat(counted("skipped")).isEqualTo(1);
        assertThat(chosen).hasSize(1);
    }

    @Test
    void cameraWithoutSightGivesItsPictures() throws IOException {
        // Given
        var path = path((picture, luma) -> Admission.FRAME, null);
        state.connected(StreamFormat.JPEGS);

        // When
        path.take(picture(0));

        // Then
        assertThat(chosen).hasSize(1);
        assertThat(state.troubles()).isEmpty();
    }

    private PicturePath path(FrameTrigger trigger) {
        return path(trigger, small);
    }

    private PicturePath path(FrameTrigger trigger, @Nullable LumaReader small) {
        return new PicturePath(
                Frames.CAMERA,
                trigger,
                new SightWatch(SightSettings.DEFAULT),
                small,
                publisher,
                state,
                chosen::add,
                clock::nanos);
    }

    private Picture picture(int brightness) throws IOException {
        var image = new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_GRAY);
        for (int at = 0; at < 64 * 48; at++) {
            image.getRaster().setSample(at % 64, at / 64, 0, brightness);
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", bytes);
        return new Picture(bytes.toByteArray(), Picture.JPEG, captured());
    }

    private CaptureTime captured() {
        return new CaptureTime(clock.instant(), Duration.ofMillis(20), CaptureTime.Basis.SENDER);
    }

    private double counted(String outcome) {
        var found =
                meters.find("sortline.producer.frames").tag("outcome", outcome).counter();
        return found == null ? 0 : found.count();
    }
}
