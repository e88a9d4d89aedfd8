package dev.verso.vm.value;

/**
 * Powers of ten as binary fractions: the upper 64 bits of 10^p with the leading bit set, cut off below. The true value is that times two to
 * the power {@link #exponent}.
 */
final class PowersOfTen {
    private static final int STEP = 27;
    private static final int FIRST_STEP = -13;

    /** 10^0 to 10^26, exact. */
    private static final long[] SMALL = {
        0x8000000000000000L, 0xa000000000000000L, 0xc800000000000000L, 0xfa00000000000000L,
        0x9c40000000000000L, 0xc350000000000000L, 0xf424000000000000L, 0x9896800000000000L,
        0xbebc200000000000L, 0xee6b280000000000L, 0x9502f90000000000L, 0xba43b74000000000L,
        0xe8d4a51000000000L, 0x9184e72a00000000L, 0xb5e620f480000000L, 0xe35fa931a0000000L,
        0x8e1bc9bf04000000L, 0xb1a2bc2ec5000000L, 0xde0b6b3a76400000L, 0x8ac7230489e80000L,
        0xad78ebc5ac620000L, 0xd8d726b7177a8000L, 0x878678326eac9000L, 0xa968163f0a57b400L,
        0xd3c21bcecceda100L, 0x84595161401484a0L, 0xa56fa5b99019a5c8L
    };

    /** Upper 64 bits of 10^(27 g), g from -13. */
    private static final long[] LARGE = {
        0x8049a4ac0c5811aeL, 0xcf42894a5dce35eaL, 0xa76c582338ed2621L, 0x873e4f75e2224e68L,
        0xda7f5bf590966848L, 0xb080392cc4349decL, 0x8e938662882af53eL, 0xe65829b3046b0afaL,
        0xba121a4650e4ddebL, 0x964e858c91ba2655L, 0xf2d56790ab41c2a2L, 0xc428d05aa4751e4cL,
        0x9e74d1b791e07e48L, 0x8000000000000000L, 0xcecb8f27f4200f3aL, 0xa70c3c40a64e6c51L,
        0x86f0ac99b4e8dafdL, 0xda01ee641a708de9L, 0xb01ae745b101e9e4L, 0x8e41ade9fbebc27dL,
        0xe5d3ef282a242e81L, 0xb9a74a0637ce2ee1L, 0x95f83d0a1fb69cd9L, 0xf24a01a73cf2dccfL,
        0xc3b8358109e84f07L, 0x9e19db92b4e31ba9L, 0xff6d0b3492801150L
    };

    /** The 32 bits below those of {@link #LARGE}. */
    private static final int[] LARGE_TAILS = {
        0x205b896d, 0x52064cac, 0xaf2af2b8, 0x5a7744a6, 0xaf39a475, 0xbd8d794d,
        0x547eb47b, 0xcb4a5a3, 0x92f34d62, 0x3a6a07f8, 0xfae27299, 0xaa97e14c,
        0x775ea264, 0x0, 0x0, 0x999090b6, 0x69a028bb, 0xe80e6f48,
        0x5ec05dcf, 0x14588f13, 0x8f1668c8, 0x6d953e2b, 0x4abdaf10, 0xbc633b39,
        0xa862f80, 0x6c07a2c2, 0x9798278a
    };

    private PowersOfTen() {}

    /** Upper 64 bits of 10^p, for p from -351 to 377. */
    static long significand(int p) {
        if (p >= 0 && p < STEP) {
            return SMALL[p];
        }
        int group = Math.floorDiv(p, STEP);
        int rest = p - group * STEP;
        long high = LARGE[group - FIRST_STEP];
        if (rest == 0) {
            return high;
        }
        long factor = SMALL[rest];
        long productHigh = multiplyHigh(high, factor);
        long productLow = high * factor;
        long tail = LARGE_TAILS[group - FIRST_STEP] & 0xffffffffL;
        // tail * factor / 2^32, without its lowest bits
        long addend = multiplyHigh(tail << 32, factor);
        long sum = productLow + addend;
        if (Long.compareUnsigned(sum, productLow) < 0) {
            productHigh++;
        }
        return productHigh < 0 ? productHigh : productHigh << 1 | sum >>> 63;
    }

    /** The power of two that goes with {@link #significand}, less 63. */
    static int exponent(int p) {
        return p * 108853 >> 15;
    }

    /** Upper 64 bits of the product of two unsigned numbers. */
    static long multiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }
}
