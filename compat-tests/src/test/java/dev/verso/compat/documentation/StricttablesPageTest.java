package dev.verso.compat.documentation;

/** sqlite.org/stricttables.html. */
class StricttablesPageTest extends DocumentationPage {
    StricttablesPageTest() {
        super("stricttables");
    }
}
