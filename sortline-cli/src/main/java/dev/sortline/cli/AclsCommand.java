// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.camera.folder.FolderSettings;
import dev.sortline.gateway.GatewaySettings;
import dev.sortline.linefile.LineFile;
import dev.sortline.rights.Demands;
import dev.sortline.rights.KafkaAcls;
import dev.sortline.rights.Role;
import dev.sortline.rights.StrimziUser;
import dev.sortline.stream.StreamSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code sortline acls}: the least rights with which each command does its work, as a cluster's administrator gives them. */
@Command(
        name = "acls",
        description =
                "Print the rights that each command needs on the cluster, for whoever administers it. Changes nothing.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AclsCommand implements Callable<Integer> {
    private static final String USER = "User:";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "line.yaml",
            description = "Describes the cluster, and names groups and folders where they have other names than usual.")
    private Path config;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            converter = RoleWord.class,
            description = "produce, classify, gateway, console or reviews; may be repeated (default: all).")
    private @Nullable List<Role> roles;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatWord.class,
            defaultValue = "kafka-acls",
            description = "kafka-acls, or strimzi for KafkaUser (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(
            names = "--principal",
            paramLabel = "ROLE=NAME",
            description =
                    "Whom a role is, such as produce=User:cameras; may be repeated (default: User:sortline-ROLE).")
    private @Nullable List<String> principals;

    @Option(
            names = "--with-creation",
            description = "Also let commands make missing topics and look at the settings of those that are there.")
    private boolean withCreation;

    @Option(
            names = "--with-folders",
            description = "Also let produce look for frames in doubt, as it does when it watches folders.")
    private boolean withFolders;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            defaultValue = "admin.properties",
            description = "How an administrator gets in, for kafka-acls (default: ${DEFAULT-VALUE}).")
    private String commandConfig;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            defaultValue = "kafka",
            description = "What Strimzi calls the cluster (default: ${DEFAULT-VALUE}).")
    private String cluster;

    @Override
    public Integer call() {
        LineFile file = LineFile.load(config);
        Map<Role, String> named = named();
        Demands demands = demands(file);
        PrintWriter out = spec.commandLine().getOut();
        for (Role role : roles == null ? List.of(Role.values()) : roles) {
            String user = named.getOrDefault(role, role.user());
            try {
                if (format == Format.STRIMZI) {
                    out.print("---\n# sortline " + role.word() + "\n"
                            + new StrimziUser(cluster).yaml(user, role.rights(demands)));
                } else {
                    out.print("# sortline " + role.word() + "\n");
                    var tool = new KafkaAcls(servers(file), commandConfig);
                    tool.commands(USER + user, role.rights(demands)).forEach(line -> out.print(line + "\n"));
                }
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }
        out.flush();
        return 0;
    }

    private Demands demands(LineFile file) {
        boolean exactlyOnce =
                String.valueOf(file.kafka().get("processing.guarantee")).startsWith("exactly_once");
        boolean folders = withFolders
                || file.cameras().values().stream().anyMatch(camera -> camera.source() instanceof FolderSettings);
        return new Demands(
                StreamSettings.applicationId(file.kafka()),
                new GatewaySettings(file.kafka(), file.lines().keySet(), file.gateway(), file.drivers()).group(),
                folders,
                exactlyOnce,
                withCreation);
    }

    private static String servers(LineFile file) {
        Object servers = file.kafka().get("bootstrap.servers");
        return servers instanceof List<?> several
                ? String.join(",", several.stream().map(String::valueOf).toList())
                : String.valueOf(servers);
    }

    private Map<Role, String> named() {
        Map<Role, String> named = new EnumMap<>(Role.class);
        for (String principal : principals == null ? List.<String>of() : principals) {
            int equals = principal.indexOf('=');
            String name = principal.substring(equals + 1);
            if (equals < 0 || name.isEmpty() || name.equals(USER)) {
                throw new ParameterException(
                        spec.commandLine(), "--principal is '%s': must be ROLE=NAME".formatted(principal));
            }
            named.put(
                    role("--principal", principal.substring(0, equals)),
                    name.startsWith(USER) ? name.substring(USER.length()) : name);
        }
        return named;
    }

    private Role role(String option, String word) {
        try {
            return new RoleWord().convert(word);
        } catch (TypeConversionException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    private enum Format {
        KAFKA_ACLS,
        STRIMZI
    }

    private static final class RoleWord implements ITypeConverter<Role> {
        @Override
        public Role convert(String word) {
            List<String> words = new ArrayList<>();
            for (Role role : Role.values()) {
                if (role.word().equals(word)) {
                    return role;
                }
                words.add(role.word());
            }
            throw new TypeConversionException("'%s' is none of %s".formatted(word, words));
        }
    }

    private static final class FormatWord implements ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            return switch (word) {
                case "kafka-acls" -> Format.KAFKA_ACLS;
                case "strimzi" -> Format.STRIMZI;
                default -> throw new TypeConversionException("'%s' is none of [kafka-acls, strimzi]".formatted(word));
            };
        }
    }
}
