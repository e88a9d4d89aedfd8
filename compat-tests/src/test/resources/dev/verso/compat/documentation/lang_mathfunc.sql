-- # the functions, with numbers, texts that are numbers and others
SELECT acos(0.5), acosh(2), asin(0.5), asinh(1), atan(1), atan2(1, 2), atanh(0.5), ceil(1.5), ceiling(-1.5), ceil(3), typeof(ceil(3)), cos(1), round(cosh(1), 12), degrees(pi()), exp(1), floor(1.5), floor(-1.5), typeof(floor(2)), ln(10), log(100), log(2, 8), log10(1000), log2(8), mod(10, 3), mod(-10, 3), mod(10.5, 3), pi(), pow(2, 10), power(2, 0.5), radians(180), sin(1), sinh(1), sqrt(2), tan(1), tanh(1), trunc(2.7), trunc(-2.7), typeof(trunc(2));
SELECT acos(2), acosh(0), asin(-2), atanh(1), atanh(2), ln(0), ln(-1), log(-1), log(1, 5), log(0, 5), log(-2, 8), sqrt(-1), mod(1, 0), pow(0, -1), pow(-8, 1.0 / 3), exp(1000), exp(-1000), pow(10, 400);
SELECT sin('1'), sin('abc'), sin(NULL), sin(x'31'), sin(''), sqrt('4x'), ceil('2.5'), floor('abc'), pow('2', '3'), mod('7', '4'), log('100'), trunc(NULL), pow(NULL, 1), pow(1, NULL), ceil(9223372036854775807), trunc(1e300);
SELECT pi(1);
SELECT sin();
SELECT log(1, 2, 3);
SELECT pow(2);
