/** Files under crashes, under other processes, and files that are none. */
package dev.verso.compat.files;
