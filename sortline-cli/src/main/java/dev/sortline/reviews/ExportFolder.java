// SPDX-License-Identifier: Apache-2.0
package dev.sortline.reviews;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.process.CommandFailure;
import dev.sortline.trainer.writing.JsonReport;
import dev.sortline.trainer.writing.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder of labelled pictures and its manifest. Files are whole or not there; the manifest is written last, so that a run that was cut off
 * is made good by the next. Only what the manifest names, and still is as it was written, is ever moved, replaced or removed.
 */
final class ExportFolder {
    /** Says of each picture where it comes from. */
    static final String MANIFEST = "manifest.json";

    private final Path folder;
    private final Map<String, Manifest.Entry> before = new LinkedHashMap<>();
    private final Map<String, Manifest.Entry> now = new LinkedHashMap<>();
    private int written;
    private int moved;
    private int removed;

    private ExportFolder(Path folder) {
        this.folder = folder;
    }

    /** @throws CommandFailure when what is there is no folder, or its manifest cannot be read */
    static ExportFolder open(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw CommandFailure.ofConfiguration(folder + " is no folder: give one that is, or a new name");
        }
        Files.createDirectories(folder);
        var opened = new ExportFolder(folder.toAbsolutePath().normalize());
        Path manifest = folder.resolve(MANIFEST);
        if (Files.exists(manifest)) {
            for (Manifest.Entry entry : read(manifest).pictures()) {
                opened.path(entry.file());
                opened.before.put(entry.key(), entry);
            }
        }
        return opened;
    }

    private static Manifest read(Path manifest) throws IOException {
        try {
            return new ObjectMapper().readValue(manifest.toFile(), Manifest.class);
        } catch (JsonProcessingException e) {
            throw CommandFailure.ofConfiguration("%s is no manifest of reviewed items: %s; take another folder"
                    .formatted(manifest, e.getOriginalMessage()));
        }
    }

    /**
     * Brings what an earlier run has written up to what is said now: what was taken back goes, what has another label moves. Their requests
     * for reviews may be gone from the cluster, the pictures are here.
     *
     * @throws CommandFailure when nobody has said anything on this cluster, and all would go
     */
    void keepWhatIsStillSaid(SaidLabels labels, FileNames names) throws IOException {
        if (labels.areNone() && !before.isEmpty()) {
            throw CommandFailure.whileRunning(
                    "nobody has said anything of any item on this cluster, and %s holds %d labelled pictures: is it the right one?"
                            .formatted(folder, before.size()),
                    null);
        }
        for (Manifest.Entry entry : before.values()) {
            ItemLabel said = labels.all().get(entry.key());
            if (said == null
                    || said.said() == ItemLabel.Said.SEVERAL_ITEMS
                    || !FileNames.canBeAFolder(FileNames.label(said))) {
                if (isAsWritten(entry)) {
                    Files.delete(path(entry.file()));
                }
                removed++;
            } else {
                String file = names.withExtension(said, extension(entry.file()));
                if (moved(entry, file)) {
                    now.put(entry.key(), entry.saidAnew(said, file));
                }
            }
        }
    }

    /** {@code false} when the picture is no longer there. */
    private boolean moved(Manifest.Entry entry, String file) throws IOException {
        if (file.equals(entry.file())) {
            return Files.exists(path(file));
        }
        if (entry.sha256().equals(digest(path(file)))) {
            if (isAsWritten(entry)) {
                Files.delete(path(entry.file()));
            }
            return true;
        }
        if (!isAsWritten(entry)) {
            return false;
        }
        checkFree(file);
        Files.createDirectories(path(file).getParent());
        Files.move(path(entry.file()), path(file), StandardCopyOption.ATOMIC_MOVE);
        moved++;
        return true;
    }

    /** Writes a picture, unless it is there. */
    void put(ReviewRequest request, ItemLabel said, String file) throws IOException {
        String digest = Sha256.of(request.image());
        Manifest.Entry known = now.get(said.key());
        if (known != null && !known.file().equals(file) && isAsWritten(known)) {
            // Another picture of the same item, of another kind.
            Files.delete(path(known.file()));
        }
        if (!digest.equals(digest(path(file)))) {
            if (known == null || !known.file().equals(file) || !isAsWritten(known)) {
                checkFree(file);
            }
            Files.createDirectories(path(file).getParent());
            WholeFile.write(path(file), out -> out.write(request.image()));
            written++;
        }
        now.put(said.key(), Manifest.Entry.of(request, said, file, digest));
    }

    void writeManifest() throws IOException {
        List<Manifest.Entry> pictures = new ArrayList<>(now.values());
        pictures.sort(Comparator.comparing(Manifest.Entry::file));
        WholeFile.write(folder.resolve(MANIFEST), JsonReport.text(new Manifest(pictures)));
    }

    ExportSummary summary(int severalItems, int unlabelled, int unreadable) {
        return new ExportSummary(now.size(), written, moved, removed, severalItems, unlabelled, unreadable);
    }

    private void checkFree(String file) {
        if (Files.exists(path(file))) {
            throw CommandFailure.whileRunning(
                    path(file) + " is in the way: it is not what this command has written there; move it away", null);
        }
    }

    private boolean isAsWritten(Manifest.Entry entry) throws IOException {
        return entry.sha256().equals(digest(path(entry.file())));
    }

    private static @Nullable String digest(Path file) throws IOException {
        return Files.isRegularFile(file) ? Sha256.of(Files.readAllBytes(file)) : null;
    }

    private static String extension(String file) {
        return file.substring(file.lastIndexOf('.') + 1);
    }

    /** @throws CommandFailure when it would lie elsewhere */
    private Path path(String file) {
        Path path = folder.resolve(file).normalize();
        if (!path.startsWith(folder) || path.equals(folder)) {
            throw CommandFailure.ofConfiguration(
                    "%s names '%s', which is not in the folder".formatted(folder.resolve(MANIFEST), file));
        }
        return path;
    }
}
