// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.corruption;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.evaluation.figures.Calibration;
import dev.sortline.evaluation.figures.Interval;
import dev.sortline.evaluation.figures.Prediction;
import dev.sortline.trainer.pictures.LabelledFolders;
import dev.sortline.trainer.pictures.LabelledPicture;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What is still right as pictures get worse.
 *
 * @param corruption what happens to them
 * @param points a point a step, rising
 */
public record CorruptionCurve(Corruption corruption, List<Point> points) {
    /** JPEG as cameras send it. */
    private static final float QUALITY = 0.95f;

    public CorruptionCurve {
        points = List.copyOf(points);
    }

    /**
     * One step.
     *
     * @param strength in the corruption's unit
     * @param accuracy share of the pictures that is named rightly, 0..1
     * @param interval where that lies on others of the kind, with 95 %
     * @param ece expected calibration error, 0..1
     * @param images how many pictures could be read, at least 1
     */
    public record Point(double strength, double accuracy, Interval interval, double ece, int images) {
        static Point of(double strength, List<Prediction> predictions) {
            int right = (int) predictions.stream().filter(Prediction::right).count();
            return new Point(
                    strength,
                    (double) right / predictions.size(),
                    Interval.wilson(right, predictions.size()),
                    Calibration.of(predictions).ece(),
                    predictions.size());
        }
    }

    /**
     * Asks a classifier about all pictures of a folder at each step of each corruption, by the same calls as the line. What cannot be read is left
     * out.
     *
     * @param folders of labels that the classifier knows
     * @return a curve a corruption
     * @throws TrainingInputException if there is no picture that can be read
     * @throws IOException if the disk fails
     */
    public static List<CorruptionCurve> measure(
            ImageClassifier classifier, LabelledFolders folders, ProgressListener progress) throws IOException {
        List<LabelledPicture> pictures = folders.pictures();
        List<CorruptionCurve> curves = new ArrayList<>();
        for (Corruption corruption : Corruption.values()) {
            curves.add(of(corruption, classifier, pictures, progress));
        }
        return curves;
    }

    private static CorruptionCurve of(
            Corruption corruption,
            ImageClassifier classifier,
            List<LabelledPicture> pictures,
            ProgressListener progress)
            throws IOException {
        List<List<Prediction>> answers = new ArrayList<>();
        corruption.strengths().forEach(strength -> answers.add(new ArrayList<>()));
        progress.begin("with " + corruption.title(), pictures.size());
        try {
            for (int place = 0; place < pictures.size(); place++) {
                LabelledPicture picture = pictures.get(place);
                @Nullable BufferedImage image = ImageIO.read(picture.file().toFile());
                for (int step = 0; image != null && step < answers.size(); step++) {
                    PixelRows pixels = new PixelRows(image);
                    corruption.paint(pixels, corruption.strengths().get(step), place);
                    answers.get(step).add(answer(classifier, picture, pixels.image()));
                }
                progress.step("");
            }
        } finally {
            progress.end();
        }
        if (answers.get(0).isEmpty()) {
            throw new TrainingInputException("none of the images can be read to be changed");
        }
        List<Point> points = new ArrayList<>();
        for (int step = 0; step < answers.size(); step++) {
            points.add(Point.of(corruption.strengths().get(step), answers.get(step)));
        }
        return new CorruptionCurve(corruption, points);
    }

    private static Prediction answer(ImageClassifier classifier, LabelledPicture picture, BufferedImage image)
            throws IOException {
        try (DecodedImage decoded = classifier.decode(jpeg(image))) {
            Classification seen = classifier.classify(decoded);
            return new Prediction(
                    picture.file(),
                    picture.label(),
                    seen.label(),
                    seen.confidence(),
                    Objects.requireNonNull(seen.byLabel().get(picture.label())),
                    seen.familiarity());
        } catch (UnreadableImageException e) {
            throw new IllegalStateException("a picture written here can be read", e);
        }
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
