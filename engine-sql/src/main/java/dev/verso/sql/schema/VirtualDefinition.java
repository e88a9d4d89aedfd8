package dev.verso.sql.schema;

import java.util.List;

/**
 * Where a virtual table comes from.
 *
 * @param module name after USING
 * @param arguments in the parentheses after it, as written
 * @param eponymous true for the table under the module's own name, which no row of {@code sqlite_schema} describes
 */
public record VirtualDefinition(String module, List<String> arguments, boolean eponymous) {}
