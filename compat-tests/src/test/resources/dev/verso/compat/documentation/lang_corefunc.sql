-- # abs
SELECT abs(-5), abs(5.5), abs(-0.0), abs(NULL), abs('-7'), abs('abc'), abs('-2.5x'), abs(x'2d33'), typeof(abs('3')), abs(-9223372036854775807);
SELECT abs(-9223372036854775808);
-- # changes, total_changes, last_insert_rowid
CREATE TABLE t(a INTEGER PRIMARY KEY, b);
INSERT INTO t(b) VALUES ('x'), ('y');
SELECT changes(), total_changes(), last_insert_rowid();
UPDATE t SET b = 'z';
SELECT changes(), total_changes(), last_insert_rowid();
-- # char, unicode
SELECT char(72, 101, 0x20AC, 128512), char(), char(-1), hex(char(0)), char(NULL), char('65'), unicode('€uro'), unicode(''), unicode(NULL), unicode(char(0x10FFFF)), hex(char(55296));
-- # coalesce, ifnull, nullif, iif, if
SELECT coalesce(NULL, 'a', 'b'), ifnull(NULL, 5), ifnull(1, 5), nullif(1, 1), nullif('a', 'A'), nullif('a' COLLATE nocase, 'A'), iif(1, 'y', 'n'), iif(0, 'y'), if(NULL, 1, 2), iif(0, 1, 1, 2), iif(0, 1, 0, 2, 3);
SELECT coalesce(1);
SELECT iif(1);
-- # concat, concat_ws
SELECT concat('a', NULL, 1, 2.5, x'62'), concat(NULL), concat_ws('-', 'a', NULL, 'b', 1), concat_ws(NULL, 'a', 'b'), concat_ws(',', NULL), concat_ws('', 1, 2);
SELECT concat();
SELECT concat_ws('x');
-- # format and printf
SELECT format('%d|%5d|%-5d|%05d|%+d|% d|%,d', 42, 42, 42, 42, 42, 42, 1234567), printf('%s|%10s|%-10s|%.2s', 'abc', 'abc', 'abc', 'abc'), printf('%f|%.2f|%10.3f|%e|%g|%G', 3.14159, 3.14159, 3.14159, 31415.9, 0.00001234, 1e20), printf('%x|%X|%#x|%o|%c|%%', 255, 255, 255, 8, 'hello');
SELECT printf('%q|%Q|%w', 'it''s', 'it''s', 'a"b'), printf('%Q', NULL), printf('%s', NULL), printf('%d', 'abc'), printf('%d', 3.99), printf('%i|%u', -1, -1), printf('%*d|%.*f', 6, 42, 2, 3.14159), printf('%!.15g', 0.1), printf('%lld', 9223372036854775807), printf('no args %d %s'), printf(), printf(NULL), printf('%5%|%z|', 1);
SELECT printf('%.3c', 'x'), printf('%5c|', 'é'), printf('%-8s|', 'é'), printf('%!5s|', 'é'), printf('%08.3f', -3.5), printf('%+.1e', 12345.678), printf('%,.2f', 1234567.891), printf('%.0f %.0f %.0f', 0.5, 1.5, 2.5), printf('%f %f', 1e300 * 1e10, -1e300 * 1e10), printf('%d', 1e20), printf('%#.3x', 10), printf('%0#8x', 10);
-- # glob and like as functions
SELECT glob('*.txt', 'a.txt'), like('%b%', 'abc'), like('a!_c', 'a_c', '!'), like('A%', 'abc'), glob('A*', 'abc');
-- # hex, unhex, quote, unistr, unistr_quote
SELECT hex('abc'), hex(x'00ff'), hex(12), hex(NULL), hex(''), unhex('414243'), unhex('41-42', '-'), unhex('4'), unhex('zz'), unhex(''), unhex(NULL), unhex('41', NULL), typeof(unhex('41'));
SELECT quote('it''s'), quote(5), quote(1.5), quote(NULL), quote(x'0aff'), quote(1e400), quote('a' || char(10)), unistr('a\u00e9\U0001F600\\b'), unistr_quote('a' || char(10)), quote(0.1), quote(9007199254740993), quote(-0.0);
SELECT unistr('\q');
-- # instr, substr, replace, trim
SELECT instr('hello', 'l'), instr('hello', 'z'), instr('hello', ''), instr('', 'a'), instr(x'010203', x'02'), instr('aé', 'é'), instr(NULL, 'a'), instr(12345, 34), instr('abc', x'62');
SELECT substr('hello', 2, 3), substr('hello', -3), substr('hello', -3, 2), substr('hello', 0), substr('hello', 0, 3), substr('hello', 2, -1), substr('hello', 4, -2), substr('hello', 10), substr('hello', -10, 7), substr('héllo', 2, 1), hex(substr(x'01020304', 2, 2)), substr(12345, 2, 3), substring('abc', 2), substr('abc', NULL), substr(NULL, 1), substr('abc', 1.9), substr('abc', 1, 0);
SELECT replace('hello', 'l', 'LL'), replace('hello', '', 'x'), replace('aaa', 'aa', 'b'), replace('x', NULL, 'y'), replace(1234, 2, 'two'), replace('abc', 'b', ''), replace('ABC', 'b', 'x');
SELECT trim('  a b  '), '[' || ltrim('  a  ') || ']', '[' || rtrim('  a  ') || ']', trim('xxaxx', 'x'), ltrim('abcabcd', 'cba'), rtrim('éaé', 'é'), trim('', 'x'), trim(NULL), trim('x', NULL), trim('abc', ''), hex(trim(char(9) || 'a' || char(10)));
-- # length, octet_length
SELECT length('hello'), length('héllo'), length(x'010203'), length(12.5), length(NULL), length(''), length('a' || char(0) || 'b'), octet_length('héllo'), octet_length(x'00'), octet_length(123), octet_length(NULL);
-- # lower, upper
SELECT lower('ABCÄ'), upper('abcä'), lower(NULL), upper(12), lower(x'4142');
-- # max and min of several
SELECT max(1, 2, 3), min(3, 1, 2), max('a', 'B'), max('a' COLLATE nocase, 'B'), max(1, 'a', x'00'), min(1, 'a', x'00'), max(1, NULL), min(NULL, NULL), max(1, 1.0), typeof(max(1, 1.0)), typeof(max(1.0, 1)), max('10', 9);
-- # random, randomblob, zeroblob
SELECT typeof(random()), length(randomblob(5)), length(randomblob(0)), length(randomblob(-1)), zeroblob(3), length(zeroblob(1000)), zeroblob(-1), typeof(zeroblob(0));
-- # round, sign
SELECT round(2.5), round(3.5), round(-2.5), round(2.567, 2), round(1234.5, -2), round('2.5x'), round(NULL), round(1.005, 2), round(5), typeof(round(5)), round(1e18), round(0.1 + 0.2, 15), round(2.5, NULL), round(99999.99999, 3), sign(-3), sign(0), sign(2.5), sign('abc'), sign('5'), sign(NULL), typeof(sign(1.5));
-- # typeof, likely, unlikely, likelihood, soundex
SELECT typeof(1), typeof('a'), likely(5), unlikely('x'), likelihood(1, 0.5);
SELECT likelihood(1, 2);
SELECT likelihood(1, 'x');
SELECT soundex('Robert'), soundex('Rupert'), soundex(''), soundex(NULL);
-- # sqlite_version, sqlite_compileoption, load_extension
SELECT sqlite_version(), sqlite_compileoption_used('THREADSAFE'), sqlite_compileoption_used('nosuch'), sqlite_compileoption_get(-1);
SELECT load_extension('x');
-- # subtype-free results and errors by number of arguments
SELECT length();
SELECT length(1, 2);
SELECT substr('a');
SELECT replace('a', 'b');
SELECT typeof(1, 2);
SELECT random(1);
