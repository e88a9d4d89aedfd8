package dev.verso.compat.documentation;

/** sqlite.org/lang_expr.html. */
class LangExprPageTest extends DocumentationPage {
    LangExprPageTest() {
        super("lang_expr");
    }
}
