// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.augmentation;

import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.trainer.pictures.LabelledFolders;
import dev.sortline.trainer.pictures.LabelledPicture;
import dev.sortline.trainer.pictures.Picture;
import dev.sortline.trainer.pictures.PictureReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Makes a shifted set of labelled pictures, to try a model on what it was not trained for: items are cut from their board and laid on pictures
 * of belts, turned, in other light, some of them soiled or blurred. Not a test; {@code docs/decisions/0007} tells how it is run.
 */
final class ShiftedPictures {
    private static final int SIZE = 224;
    private static final String FLAWS = "0.3";

    private ShiftedPictures() {}

    /**
     * Takes the folder of class folders, the folder of belts, the folder to fill and, where not all labels are wanted or the places are to be
     * worse, the labels with commas between, and how many of the pictures are soiled, covered, blurred and grainy each, 0..1, {@value #FLAWS} else.
     */
    public static void main(String[] args) throws IOException, UnreadableImageException {
        List<Path> belts;
        try (Stream<Path> files = Files.list(Path.of(args[1]))) {
            belts = files.sorted().toList();
        }
        AugmentationRanges ranges = new AugmentationRanges(
                0.6, 1.6, 0.2, 1, 0.35, 0.1, 1, Double.parseDouble(args.length > 4 ? args[4] : FLAWS));
        TexturePool textures = new TexturePool(99);
        SplittableRandom random = new SplittableRandom(777);
        try (PictureReader reader = new PictureReader(SIZE);
                AugmentationPainter painter = new AugmentationPainter()) {
            LabelledFolders folders = LabelledFolders.list(List.of(Path.of(args[0])));
            LabelledFolders wanted = args.length > 3 ? folders.only(List.of(args[3].split(",", -1))) : folders;
            for (LabelledPicture labelled : wanted.pictures()) {
                Picture picture = reader.read(labelled.file());
                Optional<Matte> matte = Matte.of(picture);
                Augmentation augmentation = Augmentation.random(random, ranges, textures);
                Picture belt = reader.read(belts.get(random.nextInt(belts.size())));
                Augmentation.Backdrop backdrop =
                        new Augmentation.Backdrop(belt, random.nextDouble(0.6, 1.1), random.nextDouble(2 * Math.PI));
                Augmentation onBelt = new Augmentation(
                        augmentation.view(),
                        Optional.of(backdrop),
                        args.length > 4 ? augmentation.patches() : List.of(),
                        augmentation.dirt(),
                        augmentation.blur(),
                        augmentation.grain(),
                        augmentation.jpegQuality());
                float[] painted = painter.paint(picture, matte, onBelt, SIZE, random.nextLong());
                Path folder = Files.createDirectories(Path.of(args[2]).resolve(labelled.label()));
                Path file = folder.resolve(labelled.file().getFileName() + ".png");
                ImageIO.write(picture(painted), "png", file.toFile());
            }
        }
    }

    private static BufferedImage picture(float[] painted) {
        BufferedImage picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIZE * SIZE; i++) {
            int rgb = (int) painted[i * 3] << 16 | (int) painted[i * 3 + 1] << 8 | (int) painted[i * 3 + 2];
            picture.setRGB(i % SIZE, i / SIZE, rgb);
        }
        return picture;
    }
}
