package dev.verso.compat.documentation;

/** sqlite.org/pragma.html. */
class PragmaPageTest extends DocumentationPage {
    PragmaPageTest() {
        super("pragma");
    }
}
