// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The man page of one command, in roff with the macros of {@code man(7)}.
 *
 * @param name what {@code man} finds it by: the command's words with hyphens between, as {@code sortline-produce-replay}
 * @param text the page, the same for the same commands
 */
public record ManPage(String name, String text) {
    private static final String EXIT_STATUS =
            """
            .SH EXIT STATUS
            .TP
            .B 0
            Done, or stopped as it was told to.
            .TP
            .B 1
            Failed while running.
            .TP
            .B 2
            Wrong usage or configuration.
            """;

    /** The pages of a command and of all below it, the command's own first. */
    public static List<ManPage> of(CommandLine command) {
        List<ManPage> pages = new ArrayList<>();
        pages.add(page(command));
        command.getSubcommands().values().forEach(below -> pages.addAll(of(below)));
        return List.copyOf(pages);
    }

    private static ManPage page(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        String name = nameOf(spec);
        var page = new StringBuilder();
        page.append(".TH %s 1 \"\" \"%s\" \"Sortline\"%n".formatted(name.toUpperCase(Locale.ROOT), root(spec)));
        page.append(".SH NAME\n").append(escaped(name)).append(" \\- ").append(oneLine(description(spec)));
        page.append("\n.SH SYNOPSIS\n.B ").append(escaped(spec.qualifiedName()));
        page.append('\n').append(escaped(arguments(command))).append('\n');
        page.append(".SH DESCRIPTION\n").append(oneLine(description(spec))).append('\n');
        List<PositionalParamSpec> parameters = spec.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        if (!parameters.isEmpty()) {
            page.append(".SH ARGUMENTS\n");
            parameters.forEach(parameter ->
                    entry(page, "\\fI" + escaped(parameter.paramLabel()) + "\\fR", parameter.description()));
        }
        page.append(".SH OPTIONS\n");
        spec.options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> entry(page, heading(option), option.description()));
        if (!command.getSubcommands().isEmpty()) {
            page.append(".SH COMMANDS\n");
            command.getSubcommands().values().forEach(below -> {
                CommandSpec of = below.getCommandSpec();
                page.append(".TP\n.BR ").append(escaped(nameOf(of))).append(" (1)\n");
                page.append(oneLine(description(of))).append('\n');
            });
        }
        page.append(EXIT_STATUS);
        if (spec.parent() != null) {
            page.append(".SH SEE ALSO\n.BR ")
                    .append(escaped(nameOf(spec.parent())))
                    .append(" (1)\n");
        }
        return new ManPage(name, page.toString());
    }

    private static String nameOf(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    private static String root(CommandSpec spec) {
        return spec.root().name();
    }

    private static String description(CommandSpec spec) {
        return String.join(" ", spec.usageMessage().description());
    }

    /** The synopsis without the command's own words, on one line. */
    private static String arguments(CommandLine command) {
        var help = new Help(command.getCommandSpec(), Help.defaultColorScheme(Help.Ansi.OFF));
        String synopsis = help.synopsis(0).strip().replaceAll("\\s+", " ");
        return synopsis.substring(command.getCommandSpec().qualifiedName().length())
                .strip();
    }

    private static String heading(OptionSpec option) {
        String names = Stream.of(option.names())
                .map(name -> "\\fB" + escaped(name) + "\\fR")
                .reduce((first, second) -> first + ", " + second)
                .orElseThrow();
        return option.arity().max() == 0 ? names : names + " \\fI" + escaped(option.paramLabel()) + "\\fR";
    }

    private static void entry(StringBuilder page, String heading, String[] description) {
        page.append(".TP\n")
                .append(heading)
                .append('\n')
                .append(oneLine(String.join(" ", description)))
                .append('\n');
    }

    private static String oneLine(String text) {
        return guarded(escaped(text.strip().replaceAll("\\s+", " ")));
    }

    /** A line that began with a dot or an apostrophe would be an order to roff. */
    private static String guarded(String line) {
        return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
    }

    /** In ASCII alone, so that no reader must know in what the page is written. */
    private static String escaped(String text) {
        String marked = text.replace("\\", "\\(rs").replace("-", "\\-").replace("'", "\\(aq");
        var ascii = new StringBuilder();
        marked.codePoints().forEach(point -> {
            if (point < 0x80) {
                ascii.appendCodePoint(point);
            } else {
                ascii.append("\\[u%04X]".formatted(point));
            }
        });
        return ascii.toString();
    }
}
