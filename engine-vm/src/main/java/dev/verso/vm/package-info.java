/** Programs and the machine that runs them; never heard of the planner. Hot. Begin with {@link dev.verso.vm.Opcode}, then {@link dev.verso.vm.Machine}. */
package dev.verso.vm;
