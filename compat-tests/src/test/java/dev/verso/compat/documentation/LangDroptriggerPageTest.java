package dev.verso.compat.documentation;

/** sqlite.org/lang_droptrigger.html. */
class LangDroptriggerPageTest extends DocumentationPage {
    LangDroptriggerPageTest() {
        super("lang_droptrigger");
    }
}
