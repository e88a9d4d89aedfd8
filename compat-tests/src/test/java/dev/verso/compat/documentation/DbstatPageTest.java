package dev.verso.compat.documentation;

/** sqlite.org/dbstat.html. */
class DbstatPageTest extends DocumentationPage {
    DbstatPageTest() {
        super("dbstat");
    }
}
