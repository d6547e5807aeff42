// SPDX-License-Identifier: Apache-2.0
package dev.sortline.familiarity;

import dev.sortline.classifier.engine.LoadedNetwork;
import dev.sortline.classifier.engine.MissingEngineException;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.image.ImageDecoder;
import dev.sortline.classifier.image.PixelTensor;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.Familiarity;
import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.onnx.OnnxEngine;
import dev.sortline.classifier.tensorflow.SavedNetwork;
import dev.sortline.trainer.features.FamiliarityOutput;
import dev.sortline.trainer.features.FeatureReader;
import dev.sortline.trainer.features.Features;
import dev.sortline.trainer.onnx.FamiliarityGraft;
import dev.sortline.trainer.onnx.HalfWeights;
import dev.sortline.trainer.onnx.OnnxExport;
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
import java.util.OptionalDouble;

/**
 * Lets a package tell how familiar a picture is: learns where the features of known things lie, and of others, puts the distance into each
 * form of the network as an output of its own, and its scale over held out pictures into the manifest. What the network answers stays as it is.
 *
 * <p>A signature that the package had does not fit any more.
 */
public final class Familiarization {
    private static final int QUANTILES = 101;

    private final ModelPackage model;
    private final FamiliarityRequest request;
    private final ProgressListener progress;

    private Familiarization(FamiliarityRequest request, ProgressListener progress) {
        this.model = ModelPackage.load(request.model());
        this.request = request;
        this.progress = progress;
    }

    /**
     * Learns, and writes into the package; on any failure it is as before.
     *
     * @throws TrainingInputException if a folder of pictures cannot be used, or the network's features cannot be found
     * @throws ModelPackageException if the package cannot be used
     * @throws IOException if the disk fails
     */
    public static FamiliarModel run(FamiliarityRequest request, ProgressListener progress) throws IOException {
        return new Familiarization(request, progress).run();
    }

    private FamiliarModel run() throws IOException {
        List<LabelledPicture> data = new ArrayList<>(known(LabelledFolders.list(request.data()), request.data()));
        if (request.further().isPresent()) {
            data.addAll(further(request.further().get()));
        }
        List<LabelledPicture> heldOut =
                known(LabelledFolders.list(List.of(request.validation())), List.of(request.validation()));
        List<LabelledPicture> unknown = LabelledFolders.list(request.unknown()).pictures().stream()
                .filter(picture -> !model.labels().contains(picture.label()))
                .toList();
        if (unknown.isEmpty() && !request.unknown().isEmpty()) {
            throw new TrainingInputException("all class folders in %s are labels of %s: none of it is unknown"
                    .formatted(request.unknown(), model));
        }
        ModelManifest manifest = model.manifest();
        try (TemporaryFolder folder = TemporaryFolder.create("sortline-familiarize-");
                var decoder = new ImageDecoder(manifest.inputSize(), manifest.scaling(), ImageBounds.DEFAULT, 1)) {
            Path trial = folder.path();
            copyInto(trial);
            Features known = new Features();
            Features others = new Features();
            learn(trial, decoder, data, known, unknown, others);
            FamiliarityOutput.write(trial, known.against(others));
            writeOtherForms(trial);
            List<Double> scores = scores(trial, decoder, heldOut);
            Familiarity scale = new Familiarity(quantiles(scores));
            OptionalDouble apart = int8Difference(trial, decoder, heldOut, scores, scale);
            WholeFile.write(
                    trial.resolve(ModelPackage.MANIFEST_FILE),
                    manifest.withFamiliarity(scale, ModelPackage.digestOf(trial))
                            .toJson());
            putIn(trial);
            FamiliarModel made = new FamiliarModel(
                    ModelPackage.load(model.folder()),
                    known.size(),
                    others.counts(),
                    request.validation(),
                    scores.size(),
                    apart);
            CardSection.put(made, request);
            return made;
        }
    }

    private List<LabelledPicture> further(Path folder) {
        LabelledFolders all = LabelledFolders.list(List.of(folder));
        for (String label : request.furtherLabels()) {
            if (!all.labels().contains(label)) {
                throw new TrainingInputException(
                        "%s has no folder %s to take pictures from: it has %s".formatted(folder, label, all.labels()));
            }
        }
        return known(request.furtherLabels().isEmpty() ? all : all.only(request.furtherLabels()), List.of(folder));
    }

    private List<LabelledPicture> known(LabelledFolders folders, List<Path> places) {
        for (String label : folders.labels()) {
            if (!model.labels().contains(label)) {
                throw new TrainingInputException("%s has a folder %s, which is no label of %s: it knows %s"
                        .formatted(places, label, model, model.labels()));
            }
        }
        return folders.pictures();
    }

    private void learn(
            Path trial,
            ImageDecoder decoder,
            List<LabelledPicture> data,
            Features known,
            List<LabelledPicture> unknown,
            Features others)
            throws IOException {
        try (FeatureReader reader = new FeatureReader(trial, model.manifest().inputSize())) {
            each(
                    "looking at known things",
                    data,
                    decoder,
                    (picture, pixels) -> known.add(picture.label(), reader.of(pixels)));
            each(
                    "looking at unknown things",
                    unknown,
                    decoder,
                    (picture, pixels) -> others.add(picture.label(), reader.of(pixels)));
        }
        if (known.size() == 0) {
            throw new TrainingInputException("none of the images in %s can be read".formatted(request.data()));
        }
    }

    private void writeOtherForms(Path trial) throws IOException {
        boolean float32 = Files.exists(trial.resolve(ModelPackage.ONNX_FILE));
        boolean int8 = Files.exists(trial.resolve(ModelPackage.INT8_FILE));
        if (!float32 && !int8) {
            return;
        }
        Optional<String> unknown = OnnxExport.write(trial, model.manifest().inputSize());
        if (unknown.isPresent()) {
            throw new TrainingInputException(
                    "%s cannot be written as ONNX again, for its network %s".formatted(model.folder(), unknown.get()));
        }
        if (int8) {
            FamiliarityGraft.write(trial);
        }
        TfliteExport.renew(trial);
        HalfWeights.pack(trial.resolve(ModelPackage.ONNX_FILE));
    }

    private List<Double> scores(Path trial, ImageDecoder decoder, List<LabelledPicture> pictures) throws IOException {
        try (SavedNetwork network = SavedNetwork.open(trial, model.manifest().inputSize())) {
            List<Double> scores = scores(network, decoder, pictures);
            if (scores.isEmpty()) {
                throw new TrainingInputException(
                        "none of the images in %s can be read".formatted(request.validation()));
            }
            return scores;
        }
    }

    private List<Double> scores(LoadedNetwork network, ImageDecoder decoder, List<LabelledPicture> pictures)
            throws IOException {
        List<Double> scores = new ArrayList<>();
        each("looking at held out pictures", pictures, decoder, (picture, pixels) -> {
            float[] row = network.scores(List.of(pixels))[0];
            scores.add((double) row[row.length - 1]);
        });
        return scores;
    }

    /** Evenly spaced from the least to the largest, each between the two scores around it. */
    private static List<Double> quantiles(List<Double> scores) {
        double[] sorted =
                scores.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        List<Double> quantiles = new ArrayList<>();
        for (int i = 0; i < QUANTILES; i++) {
            double place = (double) i * (sorted.length - 1) / (QUANTILES - 1);
            int below = (int) place;
            int above = Math.min(below + 1, sorted.length - 1);
            double value = sorted[below] + (place - below) * (sorted[above] - sorted[below]);
            // More digits than the network's floats hold would only look exact.
            quantiles.add((double) (float) value);
        }
        return quantiles;
    }

    private OptionalDouble int8Difference(
            Path trial, ImageDecoder decoder, List<LabelledPicture> pictures, List<Double> scores, Familiarity scale)
            throws IOException {
        Path file = trial.resolve(ModelPackage.INT8_FILE);
        if (!Files.exists(file)) {
            return OptionalDouble.empty();
        }
        try (LoadedNetwork network = OnnxEngine.open(file, model.manifest().inputSize(), 1)) {
            List<Double> rounded = scores(network, decoder, pictures);
            double sum = 0;
            for (int i = 0; i < rounded.size(); i++) {
                sum += Math.abs(scale.of(rounded.get(i)) - scale.of(scores.get(i)));
            }
            return OptionalDouble.of(sum / rounded.size());
        } catch (MissingEngineException e) {
            return OptionalDouble.empty();
        }
    }

    /** Hears of each picture that can be read. */
    private interface Listener {
        void picture(LabelledPicture picture, FloatBuffer pixels);
    }

    private void each(String stage, List<LabelledPicture> pictures, ImageDecoder decoder, Listener listener)
            throws IOException {
        if (pictures.isEmpty()) {
            return;
        }
        progress.begin(stage, pictures.size());
        try {
            for (LabelledPicture picture : pictures) {
                try (PixelTensor decoded = decoder.decode(Files.readAllBytes(picture.file()))) {
                    listener.picture(picture, decoded.values());
                } catch (UnreadableImageException e) {
                    progress.skipped(picture.file(), e.getMessage());
                }
                progress.step("");
            }
        } finally {
            progress.end();
        }
    }

    /** What the digest is over. */
    private void copyInto(Path trial) throws IOException {
        NetworkFiles.copyWithLabels(model.folder(), trial);
        for (String file : ModelPackage.OTHER_FORMS) {
            Path form = model.folder().resolve(file);
            if (Files.exists(form)) {
                Files.copy(form, trial.resolve(file));
            }
        }
    }

    /** The manifest comes last: until then the package does not fit it, and nobody takes it up. */
    private void putIn(Path trial) throws IOException {
        List<String> files = new ArrayList<>(List.of(ModelPackage.SAVED_MODEL_FILE));
        files.addAll(ModelPackage.OTHER_FORMS);
        files.add(ModelPackage.MANIFEST_FILE);
        for (String file : files) {
            Path made = trial.resolve(file);
            if (Files.exists(made)) {
                WholeFile.write(model.folder().resolve(file), out -> Files.copy(made, out));
            }
        }
    }
}
