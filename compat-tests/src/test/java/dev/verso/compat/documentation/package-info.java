/**
 * The pages of SQLite's documentation, one test class and one script each: every example and every rule of a page is run here and in the real SQLite.
 * Begin with {@link dev.verso.compat.documentation.DocumentationPage}.
 */
package dev.verso.compat.documentation;
