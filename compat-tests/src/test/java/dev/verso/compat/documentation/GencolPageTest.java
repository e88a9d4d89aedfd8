package dev.verso.compat.documentation;

/** sqlite.org/gencol.html. */
class GencolPageTest extends DocumentationPage {
    GencolPageTest() {
        super("gencol");
    }
}
