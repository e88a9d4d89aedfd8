package dev.verso.compat.documentation;

/** sqlite.org/lang_createtrigger.html. */
class LangCreatetriggerPageTest extends DocumentationPage {
    LangCreatetriggerPageTest() {
        super("lang_createtrigger");
    }
}
