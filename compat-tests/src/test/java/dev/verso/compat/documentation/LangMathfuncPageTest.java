package dev.verso.compat.documentation;

/** sqlite.org/lang_mathfunc.html. */
class LangMathfuncPageTest extends DocumentationPage {
    LangMathfuncPageTest() {
        super("lang_mathfunc");
    }
}
