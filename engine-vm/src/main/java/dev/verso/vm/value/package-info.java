/** SQL values: storage classes, affinity, conversion, comparison (sqlite.org/datatype3.html). Hot. Begin with {@link dev.verso.vm.value.Value}. */
package dev.verso.vm.value;
