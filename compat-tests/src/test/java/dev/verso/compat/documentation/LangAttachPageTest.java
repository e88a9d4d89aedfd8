package dev.verso.compat.documentation;

/** sqlite.org/lang_attach.html. */
class LangAttachPageTest extends DocumentationPage {
    LangAttachPageTest() {
        super("lang_attach");
    }
}
