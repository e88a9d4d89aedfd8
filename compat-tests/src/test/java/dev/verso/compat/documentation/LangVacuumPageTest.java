package dev.verso.compat.documentation;

/** sqlite.org/lang_vacuum.html. */
class LangVacuumPageTest extends DocumentationPage {
    LangVacuumPageTest() {
        super("lang_vacuum");
    }
}
