/** Values, affinity, functions, sorter, programs and the machine that runs them. */
module dev.verso.vm {
    requires transitive dev.verso.btree;

    exports dev.verso.vm;
    exports dev.verso.vm.function;
    exports dev.verso.vm.function.json;
    exports dev.verso.vm.value;
    exports dev.verso.vtab;
}
