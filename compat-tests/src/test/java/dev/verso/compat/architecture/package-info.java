/** The layers, held by ArchUnit. */
package dev.verso.compat.architecture;
