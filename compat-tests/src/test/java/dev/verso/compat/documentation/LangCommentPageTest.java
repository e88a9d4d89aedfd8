package dev.verso.compat.documentation;

/** sqlite.org/lang_comment.html. */
class LangCommentPageTest extends DocumentationPage {
    LangCommentPageTest() {
        super("lang_comment");
    }
}
