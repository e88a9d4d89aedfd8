/**
 * The built-in functions, a family to a file (sqlite.org/lang_corefunc.html, lang_aggfunc.html, lang_mathfunc.html, lang_datefunc.html).
 * Families are enums: their calls dispatch by a switch, so that start-up links no lambdas. Begin with
 * {@link dev.verso.vm.function.builtin.BuiltinFunctions}.
 */
package dev.verso.vm.function.builtin;
