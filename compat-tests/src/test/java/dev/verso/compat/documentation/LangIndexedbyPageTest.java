package dev.verso.compat.documentation;

/** sqlite.org/lang_indexedby.html. */
class LangIndexedbyPageTest extends DocumentationPage {
    LangIndexedbyPageTest() {
        super("lang_indexedby");
    }
}
