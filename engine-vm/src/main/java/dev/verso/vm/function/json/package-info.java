/**
 * JSON and JSONB (sqlite.org/json1.html, sqlite.org/jsonb.html). Texts are read into JSONB, everything works on JSONB, and JSONB is
 * written as text at the end. Begin with {@link dev.verso.vm.function.json.Jsonb}.
 */
package dev.verso.vm.function.json;
