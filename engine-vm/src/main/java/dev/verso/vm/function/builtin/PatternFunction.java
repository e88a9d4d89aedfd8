package dev.verso.vm.function.builtin;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.function.ScalarFunction;
import dev.verso.vm.value.Value;
import java.util.List;
import java.util.Set;

/** LIKE, GLOB and REGEXP (sqlite.org/lang_expr.html#like). The pattern is the first argument, the text the second. */
enum PatternFunction implements ScalarFunction {
    LIKE,
    LIKE_CASE_SENSITIVE,
    GLOB,
    REGEXP,
    /** For virtual tables, which give it a meaning. */
    MATCH;

    static final int LONGEST_PATTERN_BYTES = 50_000;

    static void addTo(List<FunctionDefinition> list) {
        list.add(new FunctionDefinition("glob", 2, BuiltinFunctions.PURE, GLOB, null));
        list.add(new FunctionDefinition("like", 2, BuiltinFunctions.PURE, LIKE, null));
        list.add(new FunctionDefinition("like", 3, BuiltinFunctions.PURE, LIKE, null));
        list.add(new FunctionDefinition("match", 2, Set.of(Flag.EXTENSION), MATCH, null));
        list.add(new FunctionDefinition("regexp", 2, BuiltinFunctions.PURE, REGEXP, null));
    }

    @Override
    public void call(FunctionContext context, Value[] args, int first, int count, Value result) {
        if (this == MATCH) {
            throw Arguments.error("unable to use function MATCH in the requested context");
        }
        if (this == REGEXP) {
            if (!args[first].isNull() && !args[first + 1].isNull()) {
                regexp(context, args[first], args[first + 1], result);
            }
            return;
        }
        Arguments pattern = args[first].isNull() ? null : new Arguments().text(args[first]);
        if (pattern != null && pattern.length > LONGEST_PATTERN_BYTES) {
            throw Arguments.error("LIKE or GLOB pattern too complex");
        }
        int escape = -1;
        if (count == 3) {
            if (args[first + 2].isNull()) {
                return;
            }
            Arguments e = new Arguments().text(args[first + 2]);
            if (Utf8.countUntilNul(e.bytes, e.offset, e.length) != 1) {
                throw Arguments.error("ESCAPE expression must be a single character");
            }
            escape = Utf8.codePoint(e.bytes, e.offset, e.offset + e.length);
        }
        if (pattern == null || args[first + 1].isNull()) {
            return;
        }
        Arguments text = new Arguments().text(args[first + 1]);
        boolean matches = this == GLOB
                ? Patterns.glob(pattern, text)
                : Patterns.like(pattern, text, escape, this == LIKE_CASE_SENSITIVE);
        result.setInteger(matches ? 1 : 0);
    }

    private static void regexp(FunctionContext context, Value pattern, Value text, Value result) {
        String source = pattern.asString();
        CompiledRegexp compiled = context.callSiteData() instanceof CompiledRegexp known ? known : null;
        if (compiled == null || !compiled.source.equals(source)) {
            try {
                compiled = new CompiledRegexp(source, java.util.regex.Pattern.compile(source));
            } catch (java.util.regex.PatternSyntaxException e) {
                throw new DatabaseException(
                        ResultCode.ERROR, "REGEXP: " + e.getDescription() + " near index " + e.getIndex(), e);
            }
            context.callSiteData(compiled);
        }
        result.setInteger(compiled.pattern.matcher(text.asString()).find() ? 1 : 0);
    }

    private record CompiledRegexp(String source, java.util.regex.Pattern pattern) {}
}
