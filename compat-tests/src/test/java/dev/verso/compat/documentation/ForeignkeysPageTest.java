package dev.verso.compat.documentation;

/** sqlite.org/foreignkeys.html. */
class ForeignkeysPageTest extends DocumentationPage {
    ForeignkeysPageTest() {
        super("foreignkeys");
    }
}
