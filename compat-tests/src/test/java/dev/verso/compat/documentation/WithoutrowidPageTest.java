package dev.verso.compat.documentation;

/** sqlite.org/withoutrowid.html. */
class WithoutrowidPageTest extends DocumentationPage {
    WithoutrowidPageTest() {
        super("withoutrowid");
    }
}
