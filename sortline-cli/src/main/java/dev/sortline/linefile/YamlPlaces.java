// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Where in a YAML text a key stands: Jackson tells the path of a mistake, but only the place where it gave up. */
final class YamlPlaces {
    private final @Nullable Node root;

    /**
     * Reads the text.
     *
     * @throws org.yaml.snakeyaml.error.MarkedYAMLException telling the place, when it is no YAML
     */
    YamlPlaces(String text) {
        root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
    }

    /** {@code line:column} of the deepest key, or index of a list's element, of the path that is there, both from 1. */
    String of(List<String> path) {
        @Nullable Node node = root;
        @Nullable Mark mark = root == null ? null : root.getStartMark();
        for (String key : path) {
            NodeTuple entry = entry(node, key);
            Node element = element(node, key);
            if (entry != null) {
                mark = entry.getKeyNode().getStartMark();
                node = entry.getValueNode();
            } else if (element != null) {
                mark = element.getStartMark();
                node = element;
            } else {
                break;
            }
        }
        return mark == null ? "1:1" : (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    private static @Nullable Node element(@Nullable Node node, String index) {
        if (node instanceof SequenceNode list && index.matches("\\d{1,9}")) {
            int number = Integer.parseInt(index);
            return number < list.getValue().size() ? list.getValue().get(number) : null;
        }
        return null;
    }

    private static @Nullable NodeTuple entry(@Nullable Node node, String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key)) {
                    return entry;
                }
            }
        }
        return null;
    }
}
