/** Benchmarks of Verso beside sqlite-jdbc, sqlite4j and H2, in one run. Begin with {@link dev.verso.jmh.Compare}. */
package dev.verso.jmh;
