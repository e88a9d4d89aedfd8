package dev.verso.compat.documentation;

/** sqlite.org/rowvalue.html. */
class RowvaluePageTest extends DocumentationPage {
    RowvaluePageTest() {
        super("rowvalue");
    }
}
