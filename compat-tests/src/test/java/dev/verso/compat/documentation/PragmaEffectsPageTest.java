package dev.verso.compat.documentation;

/** sqlite.org/pragma.html, what pragmas do to the statements after them. */
class PragmaEffectsPageTest extends DocumentationPage {
    PragmaEffectsPageTest() {
        super("pragma_effects");
    }
}
