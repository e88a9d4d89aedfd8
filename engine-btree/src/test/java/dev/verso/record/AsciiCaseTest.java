package dev.verso.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AsciiCaseTest {
    @Test
    void lettersOfAsciiAreTheSameInEitherCase() {
        assertThat(AsciiCase.same("Table_1", "tABLE_1")).isTrue();
        assertThat(AsciiCase.same("a", "b")).isFalse();
        assertThat(AsciiCase.same("a", "ab")).isFalse();
        assertThat(AsciiCase.same("a", null)).isFalse();
    }

    @Test
    void charactersBesideTheLettersDiffer() {
        assertThat(AsciiCase.same("@", "`")).isFalse();
        assertThat(AsciiCase.same("[", "{")).isFalse();
        assertThat(AsciiCase.lower("@AZ[`az{")).isEqualTo("@az[`az{");
        assertThat(AsciiCase.upper("@AZ[`az{")).isEqualTo("@AZ[`AZ{");
    }

    @Test
    void otherLettersKeepTheirCase() {
        assertThat(AsciiCase.same("\u00e9", "\u00c9")).isFalse();
        assertThat(AsciiCase.same("s", "\u017f")).isFalse();
        assertThat(AsciiCase.same("k", "\u212a")).isFalse();
        assertThat(AsciiCase.lower("\u0130N\u00c9")).isEqualTo("\u0130n\u00c9");
        assertThat(AsciiCase.upper("\u00dfn\u0131")).isEqualTo("\u00dfN\u0131");
    }
}
