package dev.verso.compat.documentation;

/** sqlite.org/nulls.html. */
class NullsPageTest extends DocumentationPage {
    NullsPageTest() {
        super("nulls");
    }
}
