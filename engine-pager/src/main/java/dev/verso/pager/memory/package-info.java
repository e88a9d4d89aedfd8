/** The memory store. */
package dev.verso.pager.memory;
