/** The tests that every key-value backend extends, and the doubles that bring bad luck, count round trips and move time. */
module dev.verso.kv.contract {
    requires transitive dev.verso.kv;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;

    exports dev.verso.kv.contract;
}
