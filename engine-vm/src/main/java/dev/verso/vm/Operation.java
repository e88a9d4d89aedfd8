package dev.verso.vm;

/** One line of a program's text: the operands as the code generator gave them, with labels resolved. */
record Operation(Opcode opcode, int p1, int p2, int p3, Object p4, int p5, String comment) {}
