package dev.verso.compat.documentation;

/** sqlite.org/lang_transaction.html. */
class LangTransactionPageTest extends DocumentationPage {
    LangTransactionPageTest() {
        super("lang_transaction");
    }
}
