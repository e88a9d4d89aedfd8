package dev.verso.compat.documentation;

/** sqlite.org/quirks.html. */
class QuirksPageTest extends DocumentationPage {
    QuirksPageTest() {
        super("quirks");
    }
}
