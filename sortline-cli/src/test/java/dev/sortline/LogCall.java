// SPDX-License-Identifier: Apache-2.0
package dev.sortline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A call in the sources that logs at WARN or above.
 *
 * @param level WARN or ERROR
 * @param logger the class whose logger it is
 * @param message what it says, with {@code {…}} for each part that differs from line to line
 */
record LogCall(String level, String logger, String message) {
    private static final Pattern CALL = Pattern.compile("\\b(LOG|TROUBLE|trouble)\\.(warn|error)\\(");
    private static final Pattern FORMATTED = Pattern.compile("\"\\s*\\.formatted\\(");
    private static final Pattern PLACE = Pattern.compile("\\{}|%s|%d");
    private static final String DIFFERENT = "{…}";

    /** The calls in a class. */
    static Stream<LogCall> in(String logger, String source) {
        return CALL.matcher(source).results().map((MatchResult call) -> {
            List<String> arguments = arguments(source, call.end());
            String said = arguments.get(call.group(1).equals("LOG") ? 0 : 1);
            return new LogCall(call.group(2).toUpperCase(Locale.ROOT), logger, message(said));
        });
    }

    private static List<String> arguments(String source, int from) {
        List<String> arguments = new ArrayList<>();
        var argument = new StringBuilder();
        int depth = 1;
        int at = from;
        while (depth > 0) {
            char each = source.charAt(at);
            if (source.startsWith("//", at)) {
                at = source.indexOf('\n', at);
                continue;
            }
            if (each == '"') {
                int end = endOfText(source, at);
                argument.append(source, at, end);
                at = end;
                continue;
            }
            depth += "([{".indexOf(each) >= 0 ? 1 : ")]}".indexOf(each) >= 0 ? -1 : 0;
            if (depth == 0 || (each == ',' && depth == 1)) {
                arguments.add(argument.toString());
                argument.setLength(0);
            } else {
                argument.append(each);
            }
            at++;
        }
        return arguments;
    }

    private static int endOfText(String source, int from) {
        int at = from + 1;
        while (source.charAt(at) != '"') {
            at += source.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static String message(String argument) {
        var formatted = FORMATTED.matcher(argument);
        String said = formatted.find() ? argument.substring(0, formatted.start() + 1) : argument;
        var message = new StringBuilder();
        boolean different = false;
        int depth = 0;
        int at = 0;
        while (at < said.length()) {
            char each = said.charAt(at);
            if (each == '"') {
                int end = endOfText(said, at);
                if (depth == 0) {
                    message.append(different ? DIFFERENT : "").append(said, at + 1, end - 1);
                    different = false;
                }
                at = end;
                continue;
            }
            depth += each == '(' ? 1 : each == ')' ? -1 : 0;
            different |= !Character.isWhitespace(each) && each != '+';
            at++;
        }
        return PLACE.matcher(message.append(different ? DIFFERENT : ""))
                .replaceAll(Matcher.quoteReplacement(DIFFERENT));
    }
}
