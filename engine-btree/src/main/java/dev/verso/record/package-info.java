/** The record format (file format §2.1), its comparison, text encodings and collations. Hot. Begin with {@link dev.verso.record.RecordView}. */
package dev.verso.record;
