package dev.verso.compat.documentation;

/** sqlite.org/autoinc.html. */
class AutoincPageTest extends DocumentationPage {
    AutoincPageTest() {
        super("autoinc");
    }
}
