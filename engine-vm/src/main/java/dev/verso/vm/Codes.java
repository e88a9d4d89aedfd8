package dev.verso.vm;

import dev.verso.error.ResultCode;

/** Result codes by their number. */
final class Codes {
    private Codes() {}

    static ResultCode of(int value) {
        for (ResultCode code : ResultCode.values()) {
            if (code.value() == value) {
                return code;
            }
        }
        for (ResultCode code : ResultCode.values()) {
            if (code.value() == (value & 0xff)) {
                return code;
            }
        }
        throw new IllegalArgumentException("result code " + value);
    }
}
