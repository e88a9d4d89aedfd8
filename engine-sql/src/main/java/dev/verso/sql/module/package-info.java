/**
 * Modules of virtual tables: which there are, and how the tables of the schema are connected to them. Uses {@code schema} and the SPI in {@code
 * dev.verso.vtab}. Begin with {@link dev.verso.sql.module.Modules}.
 */
package dev.verso.sql.module;
