// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.Sha256;
import dev.sortline.classifier.runtime.TensorFlowLibrary;
import dev.sortline.trainer.learning.Answering;
import dev.sortline.trainer.learning.Checkpoint;
import dev.sortline.trainer.learning.TrainingLoop;
import dev.sortline.trainer.network.FrozenModel;
import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.network.NpyArray;
import dev.sortline.trainer.network.PackagedNetwork;
import dev.sortline.trainer.packages.PackageFolder;
import dev.sortline.trainer.pictures.FurtherPictures;
import dev.sortline.trainer.pictures.LabelledFolders;
import dev.sortline.trainer.pictures.LabelledPicture;
import dev.sortline.trainer.pictures.PictureReader;
import dev.sortline.trainer.pictures.TrainingSet;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import dev.sortline.trainer.tflite.writing.FloatForms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Lets a package learn on from reviewed pictures of a line, in a round whose work is bounded, and writes what comes of it as a package of its
 * own with a card that tells before and after.
 *
 * <p>What it knew is kept in two ways. Each batch shows kept pictures beside the reviewed ones. And what is served lies between the base and
 * the retrained network, chosen by pictures that neither has learned from in this round ({@link Mixture}): of the known ones no more than one in
 * a hundred is lost. Where that leaves nothing better than the base, no package is written.
 */
public final class Retraining {
    private final RetrainingRequest request;
    private final ModelPackage base;
    private final Network network;
    private final Round round;
    private final InstantSource clock;
    private final ProgressListener progress;

    Retraining(
            RetrainingRequest request,
            ModelPackage base,
            Network network,
            Round round,
            InstantSource clock,
            ProgressListener progress) {
        this.request = request;
        this.base = base;
        this.network = network;
        this.round = round;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Learns, chooses and writes. The package appears whole or not at all; the same request on the same data and machine gives the same
     * network, also when the run was killed and started again.
     *
     * @throws TrainingInputException if pictures, labels, the base or the place for the package cannot be used
     * @throws ModelPackageException if the base is no whole package
     * @throws IOException if the disk fails
     */
    public static RetrainedModel run(RetrainingRequest request, ProgressListener progress) throws IOException {
        ModelPackage base = ModelPackage.load(request.base());
        Network network = PackagedNetwork.of(base);
        Round round = Round.of(network, base.manifest().inputSize());
        return new Retraining(request, base, network, round, InstantSource.system(), progress).run();
    }

    RetrainedModel run() throws IOException {
        Instant start = clock.instant();
        TensorFlowLibrary.require(0);
        PackageFolder place = new PackageFolder(request.out());
        String notes = BaseNotes.of(request, base);
        LabelledFolders reviews = folders(request.reviews());
        LabelledFolders kept = folders(request.kept());
        Optional<LabelledFolders> validation = request.validation().map(folder -> folders(List.of(folder)));
        try (PictureReader reader = new PictureReader(base.manifest().inputSize())) {
            RoundPictures pictures = pictures(reviews, kept, validation, reader);
            Checkpoint checkpoint = new Checkpoint(request.out(), fingerprint(pictures), clock);
            Map<String, NpyArray> retrained = new TrainingLoop(
                            network,
                            round.recipe(),
                            pictures.kept().repeated(round.keptShown()),
                            Optional.of(new FurtherPictures(pictures.reviewed(), round.reviewedShare())),
                            Optional.empty(),
                            pictures.known(),
                            reader,
                            progress)
                    .run(request.seed(), 1, checkpoint)
                    .weights();
            try (Answering answering =
                    new Answering(network, round.recipe(), base.labels().size(), reader)) {
                Mixture before = mixture(answering, network.initialWeights(), 0, pictures);
                List<Mixture> others = mixtures(answering, network.initialWeights(), retrained, pictures);
                Mixture after = Mixture.best(before, others);
                RoundFacts facts = new RoundFacts(
                        request,
                        base,
                        round,
                        counts(reviews, kept, validation),
                        pictures,
                        before,
                        after,
                        others,
                        Duration.between(start, clock.instant()),
                        LeftBehind.of(base, request),
                        notes);
                if (after.share() > 0) {
                    Map<String, NpyArray> weights = Mixture.weights(network.initialWeights(), retrained, after.share());
                    List<Path> checks = checks(answering, network.initialWeights(), weights, reader);
                    place.write(folder -> write(folder, weights, checks, facts));
                }
                checkpoint.delete();
                return RetrainedModel.of(facts, after.share() > 0);
            }
        }
    }

    private LabelledFolders folders(List<Path> places) {
        LabelledFolders folders = LabelledFolders.list(places);
        for (String label : folders.labels()) {
            if (!base.labels().contains(label)) {
                throw new TrainingInputException(
                        "%s has a folder %s, which is no label of %s: it knows %s, and a round teaches no new label"
                                .formatted(places, label, base.folder(), base.labels()));
            }
        }
        return folders;
    }

    private RoundPictures pictures(
            LabelledFolders reviews, LabelledFolders kept, Optional<LabelledFolders> validation, PictureReader reader)
            throws IOException {
        int most = round.keptShown() * round.recipe().epochs();
        List<TrainingSet> reviewed = readable(reviews.pictures(), most, reader, request.reviews())
                .split(round.heldOutReviews(), request.seed());
        if (reviewed.get(0).size() == 0) {
            throw new TrainingInputException(
                    "there is no label of which two pictures in %s can be read: have more reviewed"
                            .formatted(request.reviews()));
        }
        TrainingSet heldOutReviews = some(reviewed.get(1), round.mostHeldOut());
        if (validation.isPresent()) {
            return new RoundPictures(
                    reviewed.get(0),
                    heldOutReviews,
                    readable(kept.pictures(), round.keptShown(), reader, request.kept()),
                    readable(
                            validation.get().pictures(),
                            round.mostHeldOut(),
                            reader,
                            request.validation().stream().toList()));
        }
        List<TrainingSet> parts = readable(kept.pictures(), round.keptShown(), reader, request.kept())
                .split(round.recipe().heldOutShare(), request.seed());
        if (parts.get(0).size() == 0) {
            throw new TrainingInputException(
                    "there is no label of which two pictures in %s can be read".formatted(request.kept()));
        }
        return new RoundPictures(
                reviewed.get(0), heldOutReviews, parts.get(0), some(parts.get(1), round.mostHeldOut()));
    }

    /** At most so many by chance, each of which can be read. */
    private TrainingSet readable(List<LabelledPicture> pictures, int most, PictureReader reader, List<Path> places)
            throws IOException {
        TrainingSet set = TrainingSet.readable(some(pictures, most), base.labels(), reader, progress);
        if (set.size() == 0) {
            throw new TrainingInputException("none of the images in %s can be read".formatted(places));
        }
        return set;
    }

    private TrainingSet some(TrainingSet set, int most) {
        return TrainingSet.of(some(set.pictures(), most), set.labels());
    }

    private List<LabelledPicture> some(List<LabelledPicture> pictures, int most) {
        List<LabelledPicture> some = new ArrayList<>(pictures);
        SplittableRandom random = new SplittableRandom(request.seed());
        while (some.size() > most) {
            some.set(random.nextInt(some.size()), some.get(some.size() - 1));
            some.remove(some.size() - 1);
        }
        return some;
    }

    private List<Mixture> mixtures(
            Answering answering, Map<String, NpyArray> before, Map<String, NpyArray> retrained, RoundPictures pictures)
            throws IOException {
        List<Mixture> mixtures = new ArrayList<>();
        progress.begin("choosing between before and after", Mixture.SHARES.size());
        try {
            for (double share : Mixture.SHARES) {
                mixtures.add(mixture(answering, Mixture.weights(before, retrained, share), share, pictures));
                progress.step("");
            }
        } finally {
            progress.end();
        }
        return mixtures;
    }

    private static Mixture mixture(
            Answering answering, Map<String, NpyArray> weights, double share, RoundPictures pictures)
            throws IOException {
        answering.serve(weights);
        return new Mixture(
                share,
                new Answers(pictures.known(), answering.logits(pictures.known())),
                new Answers(pictures.heldOutReviews(), answering.logits(pictures.heldOutReviews())));
    }

    /** The base's check pictures on which the label stays. */
    private List<Path> checks(
            Answering answering, Map<String, NpyArray> before, Map<String, NpyArray> after, PictureReader reader)
            throws IOException {
        List<LabelledPicture> files = base.checkPictures().stream()
                .map(file -> new LabelledPicture(file, base.labels().get(0)))
                .toList();
        if (files.isEmpty()) {
            return List.of();
        }
        TrainingSet checks = TrainingSet.readable(files, base.labels(), reader, progress);
        answering.serve(before);
        List<double[]> was = answering.logits(checks);
        answering.serve(after);
        List<double[]> is = answering.logits(checks);
        List<Path> same = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            if (Answers.best(was.get(i)) == Answers.best(is.get(i))) {
                same.add(checks.pictures().get(i).file());
            }
        }
        return same;
    }

    private void write(Path folder, Map<String, NpyArray> weights, List<Path> checks, RoundFacts facts)
            throws IOException {
        ModelManifest before = base.manifest();
        FrozenModel.write(
                folder.resolve(ModelPackage.SAVED_MODEL_FILE),
                network,
                weights,
                before.inputSize(),
                base.labels().size());
        FloatForms.write(folder, before.inputSize());
        Files.writeString(folder.resolve(ModelPackage.LABELS_FILE), String.join("\n", base.labels()) + "\n");
        ModelManifest manifest = new ModelManifest(
                request.name(),
                request.version(),
                before.inputSize(),
                before.scaling(),
                NetworkOutput.LOGITS,
                facts.after().temperature(),
                ModelPackage.digestOf(folder));
        Files.writeString(folder.resolve(ModelPackage.MANIFEST_FILE), manifest.toJson());
        Files.writeString(folder.resolve(ModelPackage.CARD_FILE), RoundCard.of(manifest, facts));
        if (!checks.isEmpty()) {
            Path checkFolder = Files.createDirectory(folder.resolve(ModelPackage.CHECK_FOLDER));
            for (Path check : checks) {
                Files.copy(check, checkFolder.resolve(check.getFileName().toString()));
            }
        }
    }

    private Map<Path, Map<String, Integer>> counts(
            LabelledFolders reviews, LabelledFolders kept, Optional<LabelledFolders> validation) {
        Map<Path, Map<String, Integer>> counts = reviews.counts();
        counts.putAll(kept.counts());
        validation.ifPresent(folders -> counts.putAll(folders.counts()));
        return counts;
    }

    /** Of all that the weights follow from, but for the files' contents. */
    private String fingerprint(RoundPictures pictures) throws IOException {
        StringBuilder text = new StringBuilder(request.command())
                .append('\n')
                .append(base.manifest().digest())
                .append('\n')
                .append(round);
        for (LabelledPicture labelled : pictures.reviewed().and(pictures.kept()).pictures()) {
            text.append('\n').append(labelled.file()).append(' ').append(Files.size(labelled.file()));
        }
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
