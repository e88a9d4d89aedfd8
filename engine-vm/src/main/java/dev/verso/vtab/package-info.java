/**
 * Virtual tables: what a module implements so that its rows can be used as a table. Begin with {@link dev.verso.vtab.VirtualModule}; the rules are
 * those of sqlite.org/vtab.html. May use {@code dev.verso.vm.value} and {@code dev.verso.vm.function}; knows nothing of the machine.
 */
package dev.verso.vtab;
