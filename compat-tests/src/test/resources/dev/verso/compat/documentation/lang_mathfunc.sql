-- # the functions, with numbers, texts that are numbers and others
SELECT acos(0.5), acosh(2), asin(0.5), asinh(1), atan(1), atan2(1, 2), atanh(0.5), ceil(1.5), ceiling(-1.5), ceil(3), typeof(ceil(3)), cos(1), round(cosh(1), 12), degrees(pi()), exp(1), floor(1.5), floor(-1.5), typeof(floor(2)), ln(10), log(100), log(2, 8), log10(1000), log2(8), mod(10, 3), mod(-10, 3), mod(10.5, 3), pi(), pow(2, 10), power(2, 0.5), radians(180), sin(1), sinh(1), sqrt(2), tan(1), tanh(1), trunc(2.7), trunc(-2.7), typeof(trunc(2));
SELECT acos(2), acosh(0), asin(-2), atanh(1), atanh(2), ln(0), ln(-1), log(-1), log(1, 5), log(0, 5), log(-2, 8), sqrt(-1), mod(1, 0), pow(0, -1), pow(-8, 1.0 / 3), exp(1000), exp(-1000), pow(10, 400);
SELECT sin('1'), sin('abc'), sin(NULL), sin(x'31'), sin(''), sqrt('4x'), ceil('2.5'), floor('abc'), pow('2', '3'), mod('7', '4'), log('100'), trunc(NULL), pow(NULL, 1), pow(1, NULL), ceil(9223372036854775807), trunc(1e300);
SELECT pi(1);
SELECT sin();
SELECT log(1, 2, 3);
SELECT pow(2);
---- new
-- # arguments: integers, reals, and texts and blobs that look like such; NULL for what does not, and outside the domain
SELECT acos(1), acos('1'), acos('1.0'), acos(x'31'), acos('1x'), acos(''), acos(NULL), acos(1.0000001), acos(-1.0000001), acos(-1), acos(' 1 '), acos('0x1'), acos('1e0'), acos('.5'), acos('5e-1');
SELECT sqrt('16'), sqrt(x'3136'), sqrt(x'00'), sqrt(' 16'), sqrt('16 '), sqrt('+16'), sqrt('-16'), sqrt(0), sqrt(-0.0), sqrt(1e308), sqrt('inf'), sqrt('nan'), sqrt(9e999), sqrt(-1e-300), sqrt(4), typeof(sqrt(4)), sqrt(4611686018427387904);
SELECT ceil('2.5'), ceil('x'), ceil(x'322e35'), ceil(NULL), ceil(''), ceiling('7'), floor(' 7.9 '), trunc('-7.9'), ceil('1e3'), typeof(ceil('7')), typeof(ceil('7.5')), typeof(ceil(7)), typeof(ceil(7.5)), typeof(floor('x')), typeof(trunc(7)), typeof(trunc(7.5)), floor('9223372036854775808'), typeof(floor('9223372036854775807'));
-- # each function at places of note
SELECT acos(0), acos(0.25), acosh(1), acosh(1.5), acosh(0.999), round(acosh(100), 12), asin(1), asin(-0.25), asin(1.1), asinh(0), asinh(-2), asinh(1e10), atan(1e308), atan(-1), atan(0);
SELECT atan2(0, 1), atan2(1, 0), atan2(-1, 0), atan2(0, -1), atan2(-0.0, -1), atan2(1, 1), atan2(-1, -1), atan2(1, -1), atan2(-1, 1), atan2(0, 0), atan2(NULL, 1), atan2(1, 'x'), atan2('1', '2');
SELECT atanh(0), atanh(0.5), atanh(1), atanh(-1), atanh(1.5), atanh(-0.999999);
SELECT ceil(1.1), ceil(-1.1), ceil(0.0), ceil(-0.5), ceil(1e18), ceil(-1e300), ceil(9.2e18), ceiling(2), floor(1.1), floor(-1.1), floor(-0.0), floor(0.999999), floor(-9.3e18), trunc(1.9), trunc(-1.9), trunc(-0.5), trunc(123456789012.75);
SELECT cos(0), cos(pi()), cos(pi() / 2), cos(1e6), cosh(0), round(cosh(1), 12), cosh(1000), round(cosh(-1), 12), sin(pi()), sin(pi() / 6), sin(-1), sin(1e15), sinh(1), sinh(-1000), sinh(0), tan(pi() / 4), tan(pi() / 2), tan(-1), tanh(0), tanh(1), tanh(100), tanh(-100);
SELECT degrees(pi()), degrees(1), degrees(-0.5), degrees('3.14159'), degrees(x'33'), degrees(NULL), radians(180), radians(-90), radians(1), radians('x'), radians(degrees(0.7)), typeof(radians(0)), typeof(degrees(0));
SELECT exp(0), exp(1), exp(-1), exp(709), exp(710), exp(-745), exp(-746), exp('2'), ln(1), ln(2.718281828459045), ln(0), ln(-5), ln(1e-300), ln('10'), ln(9e999), typeof(ln(1));
SELECT log(10), log(1000), log(0), log(-1), log(2), log(2, 1024), log(10, 1000), log(3, 81), log(0.5, 8), log(1, 10), log(0, 10), log(-2, 4), log(10, 0), log(10, -1), log(NULL, 2), log(2, NULL), log('2', '8'), log(2.0, 0.125), log10(1e-5), log10(2), log10('x'), log2(1), log2(8), log2(0.1), log2(0), round(log2(3), 12);
SELECT mod(7, 3), mod(-7, 3), mod(7, -3), mod(7.5, 2), mod(-7.5, 2), mod(5, 0), mod(5, 0.0), mod(1e300, 7), mod('7', '3'), mod(NULL, 1), mod(1, 'x'), mod(9223372036854775807, 10), typeof(mod(7, 3)), mod(0.3, 0.1), mod(5, 9e999), mod(9e999, 5), 7 % 3, 7.5 % 2;
SELECT pi(), typeof(pi()), pi() = 3.141592653589793, pow(2, 10), pow(2, -1), pow(2, 0.5), pow(0, 0), pow(0, 1), pow(0, -1), pow(-2, 3), pow(-2, 0.5), pow(1e200, 2), pow(10, -400), power(3, 2), power('3', '2'), power(NULL, 0), power(0, NULL), pow(1, 9e999), typeof(pow(2, 2)), pow(9, 0.5), power(2, 62), power(2, 63), pow(1.5, 1.5);
-- # how many arguments they take
SELECT acos();
SELECT acos(1, 2);
SELECT atan2(1);
SELECT ceil(1, 2);
SELECT pi(NULL);
SELECT log();
SELECT log10(1, 2);
SELECT ln(1, 2);
SELECT mod(1);
SELECT power(1);
SELECT pow(1, 2, 3);
SELECT sqrt(*);
SELECT trunc(1, 2);
SELECT sign(-2.5), sign(0), sign('x'), sign('3'), sign(NULL), sign(x'31');
-- # in tables, indexes, checks and generated columns: they are deterministic
CREATE TABLE g(a, b AS (floor(a)), c AS (sqrt(a)) STORED, CHECK (abs(a) < pow(10, 3)));
CREATE INDEX gi ON g(ceil(a), trunc(a));
INSERT INTO g VALUES (2.25), (-1.5), (NULL), ('16'), ('x');
INSERT INTO g VALUES (1000);
SELECT * FROM g ORDER BY rowid;
SELECT a FROM g WHERE ceil(a) = 3;
SELECT sum(floor(a)), max(mod(a, 2)), count(sqrt(a)) FROM g;
