package dev.verso.compat.documentation;

/** sqlite.org/lang_createvtab.html. */
class LangCreatevtabPageTest extends DocumentationPage {
    LangCreatevtabPageTest() {
        super("lang_createvtab");
    }
}
