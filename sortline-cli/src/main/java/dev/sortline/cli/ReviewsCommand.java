// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.linefile.LineFile;
import dev.sortline.process.TopicSetup;
import dev.sortline.process.TopicUse;
import dev.sortline.reviews.ReviewExport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sortline reviews …}: what can be done with what people said of items. */
@Command(
        name = "reviews",
        description = "Works on items that people have looked at.",
        mixinStandardHelpOptions = true,
        subcommands = ReviewsCommand.Export.class)
final class ReviewsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "say what to do with the reviews: sortline reviews export DIR --config line.yaml");
    }

    /** {@code sortline reviews export}: labelled pictures out of the cluster, for {@code sortline train}. */
    @Command(
            name = "export",
            description =
                    "Writes the pictures that people have labelled into a folder to train on, and keeps it up to date.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Export implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(
                paramLabel = "DIR",
                description =
                        "Where they go: a folder for each label, and manifest.json. May be that of an earlier export.")
        private Path folder;

        @Option(
                names = "--config",
                required = true,
                paramLabel = "line.yaml",
                description = "Describes cluster and lines.")
        private Path config;

        @Option(
                names = "--since",
                paramLabel = "TIME",
                description =
                        "Only add items that were decided since then: a date (UTC), or a time such as 2026-01-31T06:00:00Z.")
        private @Nullable String since;

        @Override
        public Integer call() throws IOException {
            Instant from = since == null ? Instant.MIN : time(since);
            LineFile file = LineFile.load(config);
            TopicSetup.prepare(file.kafka(), TopicUse.ofReviews(file.lines().size()), true);
            var summary = ReviewExport.run(file.kafka(), folder, from);
            spec.commandLine().getOut().println(folder + ": " + summary);
            spec.commandLine().getOut().flush();
            return 0;
        }

        private Instant time(String text) {
            try {
                return text.contains("T")
                        ? OffsetDateTime.parse(text).toInstant()
                        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeParseException e) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--since is '%s': must be a date or a time such as 2026-01-31T06:00:00Z".formatted(text),
                        e);
            }
        }
    }
}
