/** The shell {@code ./verso}: SQL and dot commands, output modes, the demo. Begin with {@link dev.verso.cli.Main}. */
package dev.verso.cli;
