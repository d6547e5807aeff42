// SPDX-License-Identifier: Apache-2.0
package dev.sortline.quantization;

import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.trainer.network.FrozenModel;
import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.network.NpyArray;
import dev.sortline.trainer.network.WeightSource;
import dev.sortline.trainer.onnx.OnnxExport;
import dev.sortline.trainer.onnx.UnknownOperationException;
import dev.sortline.trainer.tflite.writing.TfliteExport;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Names the strongest colour of a picture, by the operations that MobileNetV2 is made of. Its channels are red, green, blue and one of its
 * own, which makes the range of all.
 */
public final class ColourNetwork implements Network {
    public static final int SIZE = 32;
    public static final List<String> LABELS = List.of("blue", "green", "red");

    private static final int CHANNELS = 4;
    private static final int MOST_TINT = 30;

    private final Map<String, NpyArray> weights = new LinkedHashMap<>();

    /**
     * @param strength of the colours beside the fourth channel, which is 6: 1 for much, 0.001 for less than a step of eight bits
     * @param shift by how many labels its answers are off
     */
    public ColourNetwork(float strength, int shift) {
        float[] stem = new float[3 * CHANNELS];
        float[] depthwise = new float[9 * CHANNELS];
        float[] project = new float[CHANNELS * CHANNELS];
        float[] classifier = new float[CHANNELS * 3];
        for (int colour = 0; colour < 3; colour++) {
            stem[colour * CHANNELS + colour] = strength;
            // Labels are in the order of the alphabet, colours in that of pixels.
            classifier[colour * 3 + (2 - colour + shift) % 3] = 4 / strength;
        }
        for (int channel = 0; channel < CHANNELS; channel++) {
            project[channel * CHANNELS + channel] = 0.5f;
            for (int place = 0; place < 9; place++) {
                depthwise[place * CHANNELS + channel] = 1 / 9f;
            }
        }
        weights.put("stem_kernel", NpyArray.of(stem, 1, 1, 3, CHANNELS));
        weights.put("stem_bias", NpyArray.of(new float[] {strength, strength, strength, 6}, CHANNELS));
        weights.put("dw_kernel", NpyArray.of(depthwise, 3, 3, CHANNELS, 1));
        weights.put("dw_bias", NpyArray.of(new float[CHANNELS], CHANNELS));
        weights.put("project_kernel", NpyArray.of(project, 1, 1, CHANNELS, CHANNELS));
        weights.put("project_bias", NpyArray.of(new float[CHANNELS], CHANNELS));
        weights.put("classifier_kernel", NpyArray.of(classifier, CHANNELS, 3));
        weights.put("classifier_bias", NpyArray.of(new float[3], 3));
    }

    /** Writes a package, and pictures that it is sure of into its folder of such. */
    public Path writePackage(Path folder) throws IOException {
        Files.createDirectories(folder);
        FrozenModel.write(folder.resolve(ModelPackage.SAVED_MODEL_FILE), this, weights, SIZE, LABELS.size());
        Files.writeString(folder.resolve(ModelPackage.LABELS_FILE), String.join("\n", LABELS) + "\n");
        Path checks = Files.createDirectory(folder.resolve(ModelPackage.CHECK_FOLDER));
        for (String label : LABELS) {
            writePicture(checks.resolve(label + ".png"), label, 5);
        }
        writeManifest(folder);
        return folder;
    }

    /** Adds this network to a package in the form of another engine, whatever network that has. */
    void writeForm(Engine engine, Path folder, Path scratch) throws IOException {
        Files.createDirectories(scratch);
        FrozenModel.write(scratch.resolve(ModelPackage.SAVED_MODEL_FILE), this, weights, SIZE, LABELS.size());
        if (OnnxExport.write(scratch, SIZE).isPresent()) {
            throw new IllegalStateException("known operations alone");
        }
        Path onnx = scratch.resolve(ModelPackage.ONNX_FILE);
        if (engine == Engine.ONNX_RUNTIME) {
            Files.copy(onnx, folder.resolve(ModelPackage.ONNX_FILE));
        } else {
            try {
                TfliteExport.write(onnx, folder.resolve(ModelPackage.TFLITE_FILE));
            } catch (UnknownOperationException e) {
                throw new IllegalStateException("known operations alone", e);
            }
        }
        writeManifest(folder);
    }

    /** After its files. */
    static void writeManifest(Path folder) throws IOException {
        Files.writeString(
                folder.resolve(ModelPackage.MANIFEST_FILE),
                new ModelManifest(
                                "colours",
                                "1.0.0",
                                SIZE,
                                PixelScaling.MINUS_ONE_TO_ONE,
                                NetworkOutput.LOGITS,
                                1,
                                ModelPackage.digestOf(folder))
                        .toJson());
    }

    /** Writes class folders of noisy pictures. */
    public static Path writePictures(Path folder, int each, long seed) throws IOException {
        for (String label : LABELS) {
            Files.createDirectories(folder.resolve(label));
            for (int i = 0; i < each; i++) {
                writePicture(folder.resolve(label).resolve(i + ".png"), label, seed + i);
            }
        }
        return folder;
    }

    /** Writes noisy pictures of another colour. */
    public static void writePictures(Path folder, Color colour, int count, long seed) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            writePicture(folder.resolve(i + ".png"), colour, seed + i);
        }
    }

    private static void writePicture(Path file, String label, long seed) throws IOException {
        writePicture(
                file,
                switch (label) {
                    case "red" -> new Color(200, 60, 60);
                    case "green" -> new Color(60, 200, 60);
                    default -> new Color(60, 60, 200);
                },
                seed);
    }

    /** One colour is not quite another's, so that pictures of a label differ by more than steps of eight bits. */
    private static void writePicture(Path file, Color colour, long seed) throws IOException {
        Random random = new Random(seed);
        Color tinted = new Color(
                tinted(colour.getRed(), random), tinted(colour.getGreen(), random), tinted(colour.getBlue(), random));
        BufferedImage picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                picture.setRGB(x, y, tinted.getRGB() ^ (random.nextInt() & 0x1F1F1F));
            }
        }
        ImageIO.write(picture, "png", file.toFile());
    }

    private static int tinted(int channel, Random random) {
        return channel - MOST_TINT + random.nextInt(2 * MOST_TINT + 1);
    }

    @Override
    public String description() {
        return "a network of colours";
    }

    @Override
    public PixelScaling scaling() {
        return PixelScaling.MINUS_ONE_TO_ONE;
    }

    @Override
    public Map<String, NpyArray> initialWeights() {
        return weights;
    }

    @Override
    public int layer(String weight) {
        return 0;
    }

    @Override
    public int lastLayer() {
        return 0;
    }

    @Override
    public int features() {
        return CHANNELS;
    }

    @Override
    public Operand<TFloat32> logits(
            Ops tf, Operand<TFloat32> images, WeightSource source, UnaryOperator<Operand<TFloat32>> thinning) {
        Operand<TFloat32> stem = tf.nn.relu6(tf.nn.biasAdd(
                tf.nn.conv2d(images, source.weight(tf, "stem_kernel"), List.of(1L, 2L, 2L, 1L), "SAME"),
                source.weight(tf, "stem_bias")));
        Operand<TFloat32> depthwise = tf.nn.relu6(tf.nn.biasAdd(
                tf.nn.depthwiseConv2dNative(stem, source.weight(tf, "dw_kernel"), List.of(1L, 1L, 1L, 1L), "SAME"),
                source.weight(tf, "dw_bias")));
        Operand<TFloat32> projected = tf.nn.biasAdd(
                tf.nn.conv2d(depthwise, source.weight(tf, "project_kernel"), List.of(1L, 1L, 1L, 1L), "SAME"),
                source.weight(tf, "project_bias"));
        Operand<TFloat32> features =
                tf.math.mean(tf.math.add(projected, stem), tf.constant(new int[] {1, 2}), Mean.keepDims(false));
        return WeightSource.dense(tf, thinning.apply(features), "classifier", source);
    }
}
