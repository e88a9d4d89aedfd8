/** Names to columns, functions and types: AST to bound trees. */
package dev.verso.sql.resolve;
