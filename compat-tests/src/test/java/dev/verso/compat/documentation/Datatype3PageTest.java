package dev.verso.compat.documentation;

/** sqlite.org/datatype3.html. */
class Datatype3PageTest extends DocumentationPage {
    Datatype3PageTest() {
        super("datatype3");
    }
}
