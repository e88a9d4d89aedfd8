package dev.verso.compat.documentation;

/** sqlite.org/lang_aggfunc.html. */
class LangAggfuncPageTest extends DocumentationPage {
    LangAggfuncPageTest() {
        super("lang_aggfunc");
    }
}
