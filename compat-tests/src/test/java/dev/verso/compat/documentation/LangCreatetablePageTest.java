package dev.verso.compat.documentation;

/** sqlite.org/lang_createtable.html. */
class LangCreatetablePageTest extends DocumentationPage {
    LangCreatetablePageTest() {
        super("lang_createtable");
    }
}
