// SPDX-License-Identifier: Apache-2.0
package dev.sortline.quantization;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.image.ImageDecoder;
import dev.sortline.classifier.image.PixelTensor;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.evaluation.Evaluation;
import dev.sortline.evaluation.figures.Prediction;
import dev.sortline.trainer.onnx.HalfWeights;
import dev.sortline.trainer.onnx.Int8Export;
import dev.sortline.trainer.onnx.OnnxExport;
import dev.sortline.trainer.onnx.UnknownOperationException;
import dev.sortline.trainer.packages.NetworkFiles;
import dev.sortline.trainer.pictures.LabelledFolders;
import dev.sortline.trainer.pictures.LabelledPicture;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import dev.sortline.trainer.tflite.writing.TfliteExport;
import dev.sortline.trainer.writing.TemporaryFolder;
import dev.sortline.trainer.writing.WholeFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rounds the network of a package to eight bits: measures the ranges of its tensors on pictures, writes the network, and holds its answers
 * against those of float32 on other pictures. Where they are not good enough, more of the last layers stay in float32.
 *
 * <p>Into the package go {@code network.onnx}, {@code network-int8.onnx}, {@code network-int8.tflite} if TensorFlow Lite answers well enough by it,
 * too, a digest over them and what the card tells of them; and nothing where the answers are not good enough. A signature that the package had does not fit any more.
 */
public final class Quantization {
    /** More pictures change no range by a step. */
    private static final int MOST_PICTURES = 300;
    /** How many of the last products stay in float32, in the order of trial: the scores' alone, the last layer's, the last block's. */
    private static final List<Integer> FINER = List.of(1, 2, 5, 8);

    private final ModelPackage model;
    private final QuantizationRequest request;
    private final ProgressListener progress;

    private Quantization(QuantizationRequest request, ProgressListener progress) {
        this.model = ModelPackage.load(request.model());
        this.request = request;
        this.progress = progress;
    }

    /**
     * Rounds, judges, and writes what is good enough.
     *
     * @throws TrainingInputException if a folder of pictures cannot be used, or the network does what is not known here
     * @throws ModelPackageException if the package cannot be used, or ONNX Runtime is not there
     * @throws IOException if the disk fails
     */
    public static QuantizedModel run(QuantizationRequest request, ProgressListener progress) throws IOException {
        return new Quantization(request, progress).run();
    }

    private QuantizedModel run() throws IOException {
        LabelledFolders data = LabelledFolders.list(request.data());
        LabelledFolders validation = LabelledFolders.list(List.of(request.validation()));
        for (String label : validation.labels()) {
            if (!model.labels().contains(label)) {
                throw new TrainingInputException("%s has a folder %s, which is no label of %s: it knows %s"
                        .formatted(request.validation(), label, model, model.labels()));
            }
        }
        try (TemporaryFolder folder = TemporaryFolder.create("sortline-quantize-")) {
            Path trial = folder.path();
            NetworkFiles.copyWithLabels(model.folder(), trial);
            Optional<Path> stays = model.file(ModelPackage.TFLITE_FILE);
            if (stays.isPresent()) {
                Files.copy(stays.get(), trial.resolve(ModelPackage.TFLITE_FILE));
            }
            int size = model.manifest().inputSize();
            Optional<String> unknown = OnnxExport.write(trial, size);
            if (unknown.isPresent()) {
                throw new TrainingInputException(
                        "%s cannot be written as ONNX, for its network %s: TensorFlow alone runs it"
                                .formatted(model.folder(), unknown.get()));
            }
            Int8Export export = calibrated(trial, data);
            HalfWeights.pack(trial.resolve(ModelPackage.ONNX_FILE));
            return rounded(trial, export, validation);
        }
    }

    private Int8Export calibrated(Path trial, LabelledFolders data) throws IOException {
        List<LabelledPicture> all = data.pictures();
        int each = Math.max(1, (all.size() + MOST_PICTURES - 1) / MOST_PICTURES);
        List<Path> chosen = new ArrayList<>();
        for (int i = 0; i < all.size(); i += each) {
            chosen.add(all.get(i).file());
        }
        ModelManifest manifest = model.manifest();
        try (var decoder = new ImageDecoder(manifest.inputSize(), manifest.scaling(), ImageBounds.DEFAULT, 1)) {
            return Int8Export.calibrated(trial, manifest.inputSize(), taker -> each(chosen, decoder, taker));
        } catch (LinkageError e) {
            throw new ModelPackageException("ranges are measured by ONNX Runtime, which is not there", e);
        }
    }

    private void each(List<Path> pictures, ImageDecoder decoder, Consumer<FloatBuffer> taker) throws IOException {
        progress.begin("measuring ranges", pictures.size());
        int read = 0;
        try {
            for (Path picture : pictures) {
                try (PixelTensor decoded = decoder.decode(Files.readAllBytes(picture))) {
                    taker.accept(decoded.values());
                    read++;
                } catch (UnreadableImageException e) {
                    progress.skipped(picture, e.getMessage());
                }
                progress.step("");
            }
        } finally {
            progress.end();
        }
        if (read == 0) {
            throw new TrainingInputException("none of the images in %s can be read".formatted(request.data()));
        }
    }

    private QuantizedModel rounded(Path trial, Int8Export export, LabelledFolders validation) throws IOException {
        List<Prediction> before;
        try (ImageClassifier float32 = ImageClassifier.open(model)) {
            before = ask(float32, validation, "asking float32");
        }
        int finer = FINER.get(0);
        QuantizedModel best = judged(trial, export, finer, validation, before);
        for (int i = 1; i < FINER.size() && !best.goodEnough(); i++) {
            finer = FINER.get(i);
            best = judged(trial, export, finer, validation, before);
        }
        if (best.goodEnough()) {
            best = withTflite(trial, best, validation, before);
            putIn(trial, best);
        }
        return best;
    }

    private QuantizedModel judged(
            Path trial, Int8Export export, int finer, LabelledFolders validation, List<Prediction> before)
            throws IOException {
        export.write(trial, finer);
        var form = form(trial, Engine.ONNX_RUNTIME, ModelPackage.INT8_FILE, validation, before);
        return made(before, List.of(form), finer, Optional.empty());
    }

    /** The same steps, summed up by another engine: nearly the same answers, which are judged all the same. */
    private QuantizedModel withTflite(
            Path trial, QuantizedModel best, LabelledFolders validation, List<Prediction> before) throws IOException {
        Path file = trial.resolve(ModelPackage.TFLITE_INT8_FILE);
        QuantizedModel.Form first = best.forms().get(0);
        String leftOut;
        try {
            TfliteExport.write(trial.resolve(ModelPackage.INT8_FILE), file);
            var second = form(trial, Engine.TENSORFLOW_LITE, ModelPackage.TFLITE_INT8_FILE, validation, before);
            if (second.goodEnough(best.before())) {
                return made(before, List.of(first, second), best.finer(), Optional.empty());
            }
            leftOut = "names the same label as float32 on only %.1f %%".formatted(100 * second.agreement());
        } catch (UnknownOperationException e) {
            leftOut = "cannot be written, for the network " + e.getMessage();
        } catch (ModelPackageException e) {
            leftOut = "cannot be tried: " + e.getMessage();
        }
        Files.deleteIfExists(file);
        writeManifest(trial);
        return made(before, List.of(first), best.finer(), Optional.of(leftOut));
    }

    private QuantizedModel made(
            List<Prediction> before, List<QuantizedModel.Form> forms, int finer, Optional<String> leftOut) {
        return new QuantizedModel(
                model, request.validation(), before.size(), QuantizedModel.Figures.of(before), forms, finer, leftOut);
    }

    private QuantizedModel.Form form(
            Path trial, Engine engine, String file, LabelledFolders validation, List<Prediction> before)
            throws IOException {
        writeManifest(trial);
        var settings = new InferenceSettings(engine, Precision.INT8, 1, 1, 1);
        List<Prediction> after;
        try (ImageClassifier int8 = ImageClassifier.open(ModelPackage.load(trial), ImageBounds.DEFAULT, settings)) {
            after = ask(int8, validation, "asking int8 by " + engine);
        }
        double same = 0;
        for (int i = 0; i < before.size(); i++) {
            same += before.get(i).predicted().equals(after.get(i).predicted()) ? 1 : 0;
        }
        return new QuantizedModel.Form(
                engine, file, QuantizedModel.Figures.of(after), same / before.size(), Files.size(trial.resolve(file)));
    }

    private void writeManifest(Path trial) throws IOException {
        WholeFile.write(
                trial.resolve(ModelPackage.MANIFEST_FILE),
                model.manifest().withDigest(ModelPackage.digestOf(trial)).toJson());
    }

    private List<Prediction> ask(ImageClassifier classifier, LabelledFolders folders, String stage) throws IOException {
        List<Prediction> predictions = Evaluation.ask(classifier, folders, stage, progress);
        if (predictions.isEmpty()) {
            throw new TrainingInputException("none of the images in %s can be read".formatted(request.validation()));
        }
        return predictions;
    }

    /** The manifest comes last: until then the package does not fit it, and nobody takes it up. */
    private void putIn(Path trial, QuantizedModel made) throws IOException {
        Files.deleteIfExists(model.folder().resolve(ModelPackage.TFLITE_INT8_FILE));
        List<String> files = new ArrayList<>(List.of(ModelPackage.ONNX_FILE));
        made.forms().forEach(form -> files.add(form.file()));
        files.add(ModelPackage.MANIFEST_FILE);
        for (String file : files) {
            WholeFile.write(model.folder().resolve(file), out -> Files.copy(trial.resolve(file), out));
        }
        CardSection.put(made);
    }
}
