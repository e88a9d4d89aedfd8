/**
 * What a statement says, as sealed interfaces and records; nothing is resolved. Lists are never null and immutable; a part that may be
 * absent is null and its comment says so. Begin with {@link dev.verso.parser.ast.Statement} and {@link dev.verso.parser.ast.Expr}.
 */
package dev.verso.parser.ast;
