package dev.verso.compat.documentation;

/** sqlite.org/partialindex.html. */
class PartialindexPageTest extends DocumentationPage {
    PartialindexPageTest() {
        super("partialindex");
    }
}
