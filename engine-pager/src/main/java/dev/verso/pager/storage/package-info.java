/**
 * The seam between the stores and the operating system's files, and its doubles: the system's own files, and simulated ones that can be
 * crashed. Begin with {@link dev.verso.pager.storage.Storage}.
 */
package dev.verso.pager.storage;
