/** The program under construction and the compiler of expressions. Begin with {@link dev.verso.sql.code.CodeContext}. */
package dev.verso.sql.code;
