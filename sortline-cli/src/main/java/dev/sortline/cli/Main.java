// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.process.CommandFailure;
import dev.sortline.process.StopSignal;
import dev.sortline.trouble.OneLine;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code sortline} command. Exit codes: 0 done, 1 failed while running, 2 wrong usage or configuration. */
@Command(
        name = "sortline",
        description = "Sees every item on a sorting line and tells the line's actuators where it goes, in time.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main implements Runnable {
    /** They write what they make whole or not at all, take their processes with them, and have nothing to drain. */
    private static final Set<String> ENDED_AT_ONCE =
            Set.of("camera", "train", "evaluate", "model", "plan", "reviews", "acls", "bench");

    /** Whatever a peer said: a line that fits a log. */
    private static final int MOST_CHARACTERS = 500;

    private static final String WHERE = "; --verbose shows where";

    @Spec
    private CommandSpec spec;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean verbose;

    /** Runs one command and ends the process with its exit code. */
    public static void main(String... args) {
        // Of every text that the process writes some machine may be the reader, also of those that libraries write.
        Locale.setDefault(Locale.ROOT);
        var signal = StopSignal.install();
        signal.exit(execute(commandLine(signal), args));
    }

    /** Runs one command; whatever happens there comes to an exit code, where picocli lets errors of the JVM through. */
    static int execute(CommandLine commandLine, String... args) {
        try {
            return commandLine.execute(args);
        } catch (Error e) {
            return ((Main) commandLine.getCommand()).failed(e);
        }
    }

    static CommandLine commandLine(StopSignal signal) {
        var main = new Main();
        return new CommandLine(main)
                .addSubcommand(new DemoCommand(signal))
                .addSubcommand(new ProduceCommand(signal))
                .addSubcommand(new CameraCommand())
                .addSubcommand(new ClassifyCommand(signal))
                .addSubcommand(new GatewayCommand(signal))
                .addSubcommand(new CommandLine(new PlcCommand()).addSubcommand(new PlcCommand.Simulate(signal)))
                .addSubcommand(new ConsoleCommand(signal))
                .addSubcommand(new TrainCommand())
                .addSubcommand(new EvaluateCommand())
                .addSubcommand(new ModelCommand())
                .addSubcommand(new PlanCommand())
                .addSubcommand(new ReviewsCommand())
                .addSubcommand(new AclsCommand())
                .addSubcommand(new BenchCommand())
                .setExecutionStrategy(parsed -> {
                    if (parsed.hasSubcommand()
                            && ENDED_AT_ONCE.contains(
                                    parsed.subcommand().commandSpec().name())) {
                        signal.endAtOnce();
                    }
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setParameterExceptionHandler((wrong, args) -> main.wrongUsage(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> main.failed(failure));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private int wrongUsage(ParameterException wrong) {
        var command = wrong.getCommandLine();
        tell(
                "%s (see '%s --help')"
                        .formatted(wrong.getMessage(), command.getCommandSpec().qualifiedName()),
                wrong);
        return 2;
    }

    private int failed(Throwable failure) {
        if (failure instanceof CommandFailure told) {
            tell(String.valueOf(told.getMessage()), told);
            return told.exitCode();
        }
        tell(OneLine.of(failure.toString(), MOST_CHARACTERS - WHERE.length()) + WHERE, failure);
        return 1;
    }

    private void tell(String problem, Throwable failure) {
        var err = spec.commandLine().getErr();
        err.println("sortline: " + OneLine.of(problem, MOST_CHARACTERS));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    /** The version that the build wrote into the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version =
                    Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "development");
            return new String[] {"sortline " + version};
        }
    }
}
