package dev.verso.compat.documentation;

/** sqlite.org/expridx.html. */
class ExpridxPageTest extends DocumentationPage {
    ExpridxPageTest() {
        super("expridx");
    }
}
